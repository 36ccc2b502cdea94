import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { computeFacts, environmentWarnings, formatProblems, readLoadProfile } from '@tideline/config';
import { capacityOf, replayArguments, replayFromOptions } from '@tideline/planner';
import { checkReports, describedEnvironment, exitCodes, writeWhole } from '@tideline/process';
import { findBundles } from './bundles.ts';
import { startLoadRunner } from './load-runner-process.ts';
import { withTwin } from './open-twin.ts';
import type { RunCommandOptions } from './program.ts';

/** `twin run`: starts the environment, has load driven at it and judged, and ends it. @returns the exit code */
export async function run(options: RunCommandOptions, ownBundleUrl: string): Promise<number> {
  checkReports(options);
  const environment = await describedEnvironment(options, process.env);
  const profileName = options.profile ?? environment.load.profile;
  const profile = await readLoadProfile(profileName);
  // A trace or a capacity that cannot be read is refused before anything starts; the load runner reads them again.
  const replay = await replayFromOptions(options);
  if (options.capacity !== undefined) await capacityOf(options.capacity, computeFacts(environment).unit);
  const warnings = replay === null ? environmentWarnings(environment, profile) : [];
  if (warnings.length > 0) process.stderr.write(`${formatProblems(warnings)}\n`);

  const bundles = findBundles(ownBundleUrl);
  const folder = await mkdtemp(join(tmpdir(), 'tideline-'));
  try {
    const environmentFile = join(folder, 'environment.json');
    writeWhole(environmentFile, JSON.stringify(environment));
    return await withTwin({ ...options, ...bundles, environment }, async (open) => {
      const { twin, control, progress, interruption } = open;
      process.stderr.write(
        `${environment.preset} at ${twin.url}, control API at ${control.url}, ${replay === null ? `profile ${profileName}` : `trace ${replay.trace.name}`}\n`,
      );
      await Promise.race([twin.steady, interruption.requested]);
      if (interruption.isRequested) return exitCodes.interrupted;
      const loadRunner = startLoadRunner({
        file: bundles.loadRunnerFile,
        // The report comes once everything is final: the live display makes room for it.
        onOutput: () => progress.stop(),
        args: [
          ...['--target', `${twin.url}${environment.container.basePath}`],
          ...['--observe', control.url],
          ...['--environment', environmentFile],
          ...['--profile', profileName],
          ...replayArguments(options),
          ...['--idle-speed', String(options.idleSpeed)],
          ...(options.capacity === undefined ? [] : ['--capacity', options.capacity]),
          ...Object.entries(options.export ?? {}).flatMap(([form, file]) => ['--export', `${form}=${file}`]),
          ...['--out', options.out],
          '--quiet',
          ...(options.json ? ['--json'] : []),
        ],
      });
      void interruption.requested.then(() => loadRunner.interrupt());
      return loadRunner.exitCode;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
