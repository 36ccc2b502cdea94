import { join } from 'node:path';
import { ConfigurationError, codeDeployRelease, isShippedBackend } from '@tideline/config';
import type { ReleaseRecord } from '@tideline/evidence';
import {
  type Interruption,
  UsageError,
  appendStepSummary,
  checkReports,
  describedEnvironment,
  exitCodes,
  writeFolderWhole,
  writeWhole,
} from '@tideline/process';
import {
  renderJunit,
  renderReleaseHtml,
  renderReleaseMarkdown,
  renderReleaseTerminal,
} from '@tideline/report';
import { runRelease } from '../release-run/run-release.ts';
import type { Release } from '../release/release.ts';
import { findBundles } from './bundles.ts';
import { withTwin } from './open-twin.ts';
import type { ReleaseCommandOptions } from './program.ts';

const widestTerminal = 120;

/** `twin release`: starts the environment, releases the next version under load, judges it and writes the record. @returns the exit code */
export async function release(options: ReleaseCommandOptions, ownBundleUrl: string): Promise<number> {
  checkReports(options);
  const shift = options.shift === undefined ? [] : [`release.shift.kind=${options.shift}`];
  const environment = await describedEnvironment(
    { ...options, set: [...options.set, ...shift] },
    process.env,
  );
  const { container } = environment;
  const settings = codeDeployRelease(environment);
  if (settings === null)
    throw new ConfigurationError([
      {
        code: 'TL-CONFIG-SCHEMA',
        path: 'release.kind',
        message: `got ${environment.release.kind}; allowed here: blue-green. Choose the preset blue-green, or set release.kind`,
      },
    ]);
  const shipped = isShippedBackend(environment);
  if (!shipped && options.fault !== 'none')
    throw new UsageError(
      null,
      `--fault ${options.fault}: a program of your own does nothing wrong on purpose; only the backend that is shipped here does. Leave --fault out, and deploy a version that is wrong`,
    );
  const path = options.path ?? (shipped ? '/host' : environment.healthCheck.path);
  const bundles = findBundles(ownBundleUrl);
  let listener: (release: Release) => void = () => undefined;
  return withTwin(
    { ...options, ...bundles, environment, logs: false, onRelease: (changed) => listener(changed) },
    async ({ twin, progress, interruption }) => {
      const { fleet } = twin;
      if (fleet.kind !== 'blue-green') throw new Error(`a release of ${fleet.kind} is not blue/green`);
      await Promise.race([twin.steady, interruption.requested]);
      if (interruption.isRequested) return exitCodes.interrupted;
      const record = await runRelease({
        twin,
        service: fleet,
        settings,
        speed: options.speed,
        requestsPerSecond: options.rate,
        path: `${container.basePath}${path}`,
        fault: options.fault,
        onRelease: (listen) => {
          listener = listen;
        },
        interrupted: interruption.requested,
      });
      progress.stop();
      const folder = join(options.out, `release-${record.startedAt.replaceAll(/[:.]/g, '-')}`);
      writeFolderWhole(folder, {
        'report.md': renderReleaseMarkdown(record),
        'report.html': renderReleaseHtml(record),
        'release-record.json': `${JSON.stringify(record, null, 2)}\n`,
      });
      if (options.export?.junit !== undefined) writeWhole(options.export.junit, releaseJunit(record));
      appendStepSummary(process.env, renderReleaseMarkdown(record));
      const width = Math.min(process.stdout.columns || widestTerminal, widestTerminal);
      process.stdout.write(
        options.json ? `${JSON.stringify(record)}\n` : `${renderReleaseTerminal(record, width)}\n${folder}\n`,
      );
      return exitCodeOf(record, interruption);
    },
  );
}

/** @param record of a release that has just ended */
const releaseJunit = (record: ReleaseRecord): string =>
  renderJunit([
    {
      name: `release of ${record.preset} by ${record.shift}`,
      ...record,
      wallSeconds: (Date.now() - Date.parse(record.startedAt)) / 1000,
    },
  ]);

const exitCodeOf = ({ passed }: ReleaseRecord, { isRequested }: Interruption): number => {
  if (isRequested) return exitCodes.interrupted;
  return passed ? exitCodes.done : exitCodes.failed;
};
