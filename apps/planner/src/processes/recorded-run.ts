import { UsageError, exitCodes, throwIfInterrupted } from '@tideline/process';
import * as z from 'zod';
import { startProgram } from './child-program.ts';
import { ProcessError } from './process-error.ts';

/** A program of ours that runs once and writes a run record. */
export interface RecordedRun {
  /** For messages. */
  readonly name: string;
  /** Its bundle. */
  readonly file: string;
  readonly args: readonly string[];
  /** Stops it. */
  readonly signal: AbortSignal;
}

/**
 * Runs it, and waits for its end. Its verdict is not asked for: a run that failed by its own thresholds has a record too.
 * @returns path of the run record
 * @throws UsageError where it refuses what it is given, ProcessError where it fails, InterruptedError
 */
export async function recordOf({ name, file, args, signal }: RecordedRun): Promise<string> {
  throwIfInterrupted(signal);
  const program = startProgram(file, args);
  const stop = (): void => void program.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const exitCode = await program.exitCode;
    throwIfInterrupted(signal);
    if (exitCode === exitCodes.usage) throw new UsageError(null, program.said());
    if (exitCode !== exitCodes.done && exitCode !== exitCodes.failed)
      throw new ProcessError(`${name} ended with ${exitCode}: ${program.said()}`);
    const output = await program.output;
    if (output.trim() === '') throw new ProcessError(`${name} did not run: ${program.said()}`);
    return z.object({ record: z.string() }).parse(JSON.parse(output)).record;
  } finally {
    signal.removeEventListener('abort', stop);
    await program.stop();
  }
}
