import { readFile } from 'node:fs/promises';
import { type RunRecord, parseRunRecord } from '@tideline/evidence';
import { UsageError, exitCodes, throwIfInterrupted } from '@tideline/process';
import * as z from 'zod';
import { startProgram } from './child-program.ts';
import { ProcessError } from './process-error.ts';

/** Cloud seconds per wall second once the load is over: what follows is not looked at. */
const idleSpeed = 120;

export interface TwinRun {
  readonly twinFile: string;
  /** The description. */
  readonly configFile: string;
  /** CSV of times and rates. */
  readonly traceFile: string;
  readonly stepSeconds: number;
  /** Cloud seconds per wall second under load. */
  readonly speed: number;
  /** Requests per second that one unit carries. */
  readonly unitRequestsPerSecond: number;
  /** Folder that run records go into. */
  readonly out: string;
  readonly signal: AbortSignal;
}

/** A run record with where it is. */
export interface RecordedTwinRun {
  readonly record: RunRecord;
  readonly recordFile: string;
}

/**
 * Has the twin run a trace as a process of its own, and reads its record.
 * @throws UsageError where it refuses the description or the trace, ProcessError where it fails, InterruptedError
 */
export async function runTwin(run: TwinRun): Promise<RecordedTwinRun> {
  throwIfInterrupted(run.signal);
  const program = startProgram(run.twinFile, [
    ...['run', '--json', '--config', run.configFile, '--out', run.out],
    ...['--trace', run.traceFile, '--trace-unit', 'rate', '--trace-period', String(run.stepSeconds)],
    ...['--speed', String(run.speed), '--idle-speed', String(idleSpeed)],
    ...['--capacity', String(run.unitRequestsPerSecond)],
  ]);
  const stop = (): void => void program.stop();
  run.signal.addEventListener('abort', stop, { once: true });
  try {
    const exitCode = await program.exitCode;
    throwIfInterrupted(run.signal);
    if (exitCode === exitCodes.usage) throw new UsageError(null, program.said());
    // 1 is the twin’s verdict over latency and peak, which is not asked for here.
    if (exitCode !== exitCodes.done && exitCode !== exitCodes.failed)
      throw new ProcessError(`the twin ended with ${exitCode}: ${program.said()}`);
    const output = await program.output;
    if (output.trim() === '') throw new ProcessError(`the twin did not run: ${program.said()}`);
    const { record: recordFile } = z.object({ record: z.string() }).parse(JSON.parse(output));
    return { record: parseRunRecord(JSON.parse(await readFile(recordFile, 'utf8'))), recordFile };
  } finally {
    run.signal.removeEventListener('abort', stop);
    await program.stop();
  }
}
