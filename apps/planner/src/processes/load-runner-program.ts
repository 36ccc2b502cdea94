import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadProfile } from '@tideline/config';
import { throwIfInterrupted, writeWhole } from '@tideline/process';
import * as z from 'zod';
import { recordOf } from './recorded-run.ts';

const count = z.int().min(0);

/** What the planner takes out of a run record. Latencies by their names there, milliseconds. */
const loadFiguresSchema = z.object({
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  load: z.object({
    requests: count,
    requestsPerSecond: z.number().min(0),
    askedRequestsPerSecond: z.number().min(0).nullable(),
    generatorLimited: z.boolean(),
    failures: z.object({ total: count, byKind: z.record(z.string(), count) }),
    latencyMs: z.record(z.string(), z.number()),
  }),
});
export type LoadFigures = z.infer<typeof loadFiguresSchema>;

export interface LoadRun {
  readonly loadRunnerFile: string;
  /** Base URL that the load goes to, the service’s base path included. */
  readonly target: string;
  readonly profile: LoadProfile;
  /** The target may be another machine. */
  readonly allowRemote: boolean;
  /** Folder that the profile and the record are written into. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/**
 * Drives a load profile once, by the load runner as a process of its own, without an observer.
 * @throws UsageError where it refuses target or profile, ProcessError where it fails, InterruptedError
 */
export async function runLoad(run: LoadRun): Promise<LoadFigures> {
  throwIfInterrupted(run.signal);
  const profileFile = join(run.folder, 'profile.json');
  writeWhole(profileFile, JSON.stringify(run.profile));
  const record = await recordOf({
    name: 'the load runner',
    file: run.loadRunnerFile,
    args: [
      ...['--stop-on-stdin-end', '--quiet', '--json'],
      ...['--target', run.target, '--profile', profileFile, '--out', join(run.folder, 'runs')],
      ...(run.allowRemote ? ['--allow-remote'] : []),
    ],
    signal: run.signal,
  });
  return loadFiguresSchema.parse(JSON.parse(await readFile(record, 'utf8')));
}
