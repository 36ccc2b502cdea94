import { describedEnvironment, exitCodes } from '@tideline/process';
import { deployOnSave } from '../watch/deploy-on-save.ts';
import { watchedFolder } from '../watch/watched-folder.ts';
import { findBundles } from './bundles.ts';
import { withTwin } from './open-twin.ts';
import type { UpCommandOptions } from './program.ts';

/** `twin up`: runs until a signal comes. @returns the exit code */
export async function up(options: UpCommandOptions, ownBundleUrl: string): Promise<number> {
  const environment = await describedEnvironment(options, process.env);
  const folder = options.watch ? watchedFolder(environment) : null;
  const bundles = findBundles(ownBundleUrl);
  return withTwin(
    { ...options, ...bundles, environment },
    async ({ twin, control, progress, interruption }) => {
      if (options.json) process.stdout.write(`${JSON.stringify({ url: twin.url, control: control.url })}\n`);
      else
        process.stderr.write(
          `URL      ${twin.url}\ncontrol  ${control.url} (GET / lists what it can do)\nCtrl-C ends it.\n`,
        );
      const stopWatching =
        folder === null ? null : deployOnSave(twin.fleet, { folder, say: (line) => progress.line(line) });
      await interruption.requested;
      stopWatching?.();
      return exitCodes.done;
    },
  );
}
