import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadProfile } from '@tideline/config';
import { UsageError, exitCodes, throwIfInterrupted, writeWhole } from '@tideline/process';
import * as z from 'zod';
import { startProgram } from './child-program.ts';
import { ProcessError } from './process-error.ts';

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
  const program = startProgram(run.loadRunnerFile, [
    ...['--stop-on-stdin-end', '--quiet', '--json'],
    ...['--target', run.target, '--profile', profileFile, '--out', join(run.folder, 'runs')],
    ...(run.allowRemote ? ['--allow-remote'] : []),
  ]);
  const stop = (): void => void program.stop();
  run.signal.addEventListener('abort', stop, { once: true });
  try {
    const exitCode = await program.exitCode;
    throwIfInterrupted(run.signal);
    if (exitCode === exitCodes.usage) throw new UsageError(null, program.said());
    // 1 is a verdict over thresholds that nobody asks for here.
    if (exitCode !== exitCodes.done && exitCode !== exitCodes.failed)
      throw new ProcessError(`the load runner ended with ${exitCode}: ${program.said()}`);
    return await readFigures(await program.output);
  } finally {
    run.signal.removeEventListener('abort', stop);
    await program.stop();
  }
}

async function readFigures(output: string): Promise<LoadFigures> {
  const { record } = z.object({ record: z.string() }).parse(JSON.parse(output));
  return loadFiguresSchema.parse(JSON.parse(await readFile(record, 'utf8')));
}
