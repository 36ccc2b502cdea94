import { ConfigurationError, resolveEnvironment } from '@tideline/config';
import { ScaledClock } from '../clock/scaled-clock.ts';
import { type Balancer, createBalancer } from './balancer.ts';
import type { TargetDescription } from './targets/target.ts';

export interface StandaloneBalancer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly balancer: Balancer;
  close(): Promise<void>;
}

/**
 * Runs the balancer alone, in real time, in front of targets that are running already: for benchmarks, and for use by itself.
 * @throws ConfigurationError when a target is no plain HTTP origin, or is listed twice; ListenError when the port is taken
 */
export async function runStandaloneBalancer(options: {
  /** 0 takes a free one. */
  readonly port: number;
  /** For instance `http://127.0.0.1:1234`. */
  readonly targets: readonly string[];
  /** Path of the health check. @default '/' */
  readonly healthCheckPath?: string;
}): Promise<StandaloneBalancer> {
  const { loadBalancer, healthCheck, assumptions } = resolveEnvironment({
    preset: 'standalone',
    compute: { kind: 'fargate', cpuUnits: 256, memoryMiB: 512 },
    healthCheck: { path: options.healthCheckPath ?? '/' },
  });
  const targets = options.targets.map(parseTarget);
  const clock = new ScaledClock({ speed: 1 });
  const balancer = createBalancer({ loadBalancer, healthCheck, assumptions, clock });
  const { port } = await balancer.listen({ host: '127.0.0.1', port: options.port });
  for (const target of targets) balancer.register(target);
  return {
    url: `http://127.0.0.1:${port}`,
    balancer,
    close: async () => {
      await balancer.close();
      clock.stop();
    },
  };
}

function parseTarget(url: string, index: number, all: readonly string[]): TargetDescription {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'http:' || `${parsed.origin}/` !== parsed.href)
    throw invalidTarget(url, 'allowed: an HTTP origin without path. Write it as http://127.0.0.1:3000');
  if (all.slice(0, index).some((other) => new URL(other).host === parsed.host))
    throw invalidTarget(url, 'for the second time. Name each target once');
  return {
    id: parsed.host,
    host: parsed.hostname,
    port: parsed.port === '' ? 80 : Number(parsed.port),
    availabilityZone: 'a',
  };
}

const invalidTarget = (url: string, requirement: string): ConfigurationError =>
  new ConfigurationError([
    { code: 'TL-CONFIG-SCHEMA', path: '--target', message: `got "${url}"; ${requirement}` },
  ]);
