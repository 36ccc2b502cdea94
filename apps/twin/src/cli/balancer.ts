import { exitCodes } from '@tideline/process';
import { runStandaloneBalancer } from '../balancer/standalone.ts';
import { watchInterruption } from './open-twin.ts';
import type { BalancerCommandOptions } from './program.ts';

/** `twin balancer`: the balancer alone, until a signal comes. Prints `{"url"}` once it listens. @returns the exit code */
export async function balancer(options: BalancerCommandOptions): Promise<number> {
  const running = await runStandaloneBalancer({ port: options.port, targets: options.target });
  const interruption = watchInterruption(() => undefined);
  process.stdout.write(`${JSON.stringify({ url: running.url })}\n`);
  await interruption.requested;
  await running.close();
  return exitCodes.done;
}
