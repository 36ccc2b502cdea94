import { describedEnvironment, exitCodes } from '@tideline/process';
import { findBundles } from './bundles.ts';
import { withTwin } from './open-twin.ts';
import type { TwinCommandOptions } from './program.ts';

/** `twin up`: runs until a signal comes. @returns the exit code */
export async function up(options: TwinCommandOptions, ownBundleUrl: string): Promise<number> {
  const environment = await describedEnvironment(options, process.env);
  const bundles = findBundles(ownBundleUrl);
  return withTwin({ ...options, ...bundles, environment }, async ({ twin, control, interruption }) => {
    if (options.json) process.stdout.write(`${JSON.stringify({ url: twin.url, control: control.url })}\n`);
    else
      process.stderr.write(
        `URL      ${twin.url}\ncontrol  ${control.url} (GET / lists what it can do)\nCtrl-C ends it.\n`,
      );
    await interruption.requested;
    return exitCodes.done;
  });
}
