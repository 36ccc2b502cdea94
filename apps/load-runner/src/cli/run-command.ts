import { ConfigurationError } from '@tideline/config';
import type { RunRecord } from '@tideline/evidence';
import { Interruption } from '@tideline/process';
import { renderTerminal } from '@tideline/report';
import { CommanderError } from 'commander';
import picocolors from 'picocolors';
import { ObserverError } from '../observe/scaling-observer.ts';
import { Progress, progressOutput } from '../progress/progress.ts';
import { assembleRecord, runProvenance } from '../run/assemble-record.ts';
import { run } from '../run/run.ts';
import { writeRun } from '../run/write-run.ts';
import { type RawOptions, createCommand } from './command.ts';
import { isLoopback } from './options.ts';
import { planFromOptions } from './plan-from-options.ts';
import { UsageError } from './usage-error.ts';

/** Exit codes: passed, failed, wrong usage, interrupted. */
const exitCodes = { passed: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Runs the command line as given to this process. @returns the exit code. */
export async function runCommand(program: NodeJS.Process): Promise<number> {
  const interruption = new Interruption(program, { exitNow: () => program.exit(exitCodes.interrupted) });
  try {
    const options = createCommand().parse(program.argv).opts<RawOptions>();
    if (options.stopOnStdinEnd) stopOnEnd(program.stdin, interruption.interrupt);
    return await runOnce(options, { program, signal: interruption.signal });
  } catch (error) {
    return explain(error, program.stderr);
  } finally {
    interruption.dispose();
    program.stdin.destroy();
  }
}

async function runOnce(
  options: RawOptions,
  { program, signal }: { readonly program: NodeJS.Process; readonly signal: AbortSignal },
): Promise<number> {
  const plan = await planFromOptions(options);
  if (!isLoopback(plan.target)) {
    program.stderr.write(`load-runner: ${plan.target.host} is not this machine; it gets real load now\n`);
  }
  const progress = new Progress(options.quiet ? null : progressOutput(program.stderr));
  const trace = await run(plan, { signal, progress });
  const record = assembleRecord(plan, trace, await runProvenance());
  const recordPath = await writeRun(plan.outDir, record);
  program.stdout.write(
    options.json
      ? `${JSON.stringify(summary(record, recordPath))}\n`
      : `${renderTerminal(record, { color: picocolors.isColorSupported })}\n${recordPath}\n`,
  );
  if (signal.aborted) return exitCodes.interrupted;
  return record.verdict.passed ? exitCodes.passed : exitCodes.failed;
}

/** What `--json` prints. */
function summary(record: RunRecord, recordPath: string) {
  const { requests, requestsPerSecond, askedRequestsPerSecond, generatorLimited, failures, latencyMs } =
    record.load;
  const { peakRunning, finalRunning } = record.scaling;
  return {
    record: recordPath,
    status: record.status,
    verdict: record.verdict,
    load: { requests, requestsPerSecond, askedRequestsPerSecond, generatorLimited, failures, latencyMs },
    scaling: { peakRunning, finalRunning },
  };
}

/** A parent that dies without a word still closes the pipe. */
function stopOnEnd(stdin: NodeJS.ReadStream, interrupt: () => void): void {
  stdin.on('end', interrupt);
  stdin.on('error', interrupt);
  stdin.resume();
}

/** Wrong usage is told in the user’s words; anything else is a fault of this program, and keeps its stack. */
function explain(error: unknown, stderr: NodeJS.WriteStream): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.passed;
    stderr.write(`load-runner: ${error.message.replace(/^error: /, '')}\nTry load-runner --help.\n`);
    return exitCodes.usage;
  }
  if (error instanceof UsageError || error instanceof ConfigurationError || error instanceof ObserverError) {
    stderr.write(`load-runner: ${error.message}\n`);
    return exitCodes.usage;
  }
  stderr.write(`load-runner: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCodes.failed;
}
