import { loadEnvironment } from '@tideline/config';
import type { Bundles } from './bundles.ts';
import { withTwin } from './open-twin.ts';
import type { TwinCommandOptions } from './program.ts';

/** `twin up`: runs until a signal comes. @returns the exit code */
export async function up(options: TwinCommandOptions, bundles: Bundles): Promise<number> {
  const environment = await loadEnvironment({ ...options, file: options.config, variables: process.env });
  return withTwin({ ...options, ...bundles, environment }, async ({ twin, control, interruption }) => {
    if (options.json) process.stdout.write(`${JSON.stringify({ url: twin.url, control: control.url })}\n`);
    else
      process.stderr.write(
        `URL      ${twin.url}\ncontrol  ${control.url} (GET / lists what it can do)\nCtrl-C ends it.\n`,
      );
    await interruption.requested;
    return 0;
  });
}
