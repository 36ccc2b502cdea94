import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReleaseRecord, releaseRecordSchema } from '@tideline/evidence';
import { TwinProcess } from './twin-process.ts';

/** Settings that keep a release short; speeds and rates leave enough requests in each stretch to judge its share. */
const brief = [
  ...['--speed', '60', '--rate', '150'],
  ...['--set', 'loadBalancer.deregistrationDelaySeconds=10'],
  ...['--set', 'release.terminationWaitMinutes=2'],
  ...['--set', 'capacity.min=2', '--set', 'capacity.desired=2'],
];

/** Runs `twin release` to its end. */
export async function releaseRun(
  ...args: readonly string[]
): Promise<{ readonly exitCode: number | null; readonly record: ReleaseRecord; readonly report: string }> {
  const twin = await TwinProcess.start('release', '--json', ...brief, ...args);
  try {
    const exitCode = await twin.exited;
    const [folder = ''] = await readdir(join(twin.folder, 'reports')).catch(() => []);
    if (folder === '') throw new Error(`no record was written: ${twin.stderr}`);
    return {
      exitCode,
      record: releaseRecordSchema.parse(JSON.parse(twin.stdout)),
      report: await readFile(join(twin.folder, 'reports', folder, 'report.md'), 'utf8'),
    };
  } finally {
    await twin.remove();
  }
}
