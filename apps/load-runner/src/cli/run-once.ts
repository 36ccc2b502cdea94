import type { RunRecord } from '@tideline/evidence';
import { type Variables, exitCodes } from '@tideline/process';
import { renderTerminal } from '@tideline/report';
import picocolors from 'picocolors';
import { Progress, progressOutput } from '../progress/progress.ts';
import { assembleRecord, runProvenance } from '../run/assemble-record.ts';
import { run } from '../run/run.ts';
import { writeRun } from '../run/write-run.ts';
import { isLoopback, type LoadOptions } from './options.ts';
import { planFromOptions } from './plan-from-options.ts';

/** Where a run prints, reads and is asked to stop. */
interface RunSurroundings {
  readonly source: Pick<NodeJS.Process, 'stdout' | 'stderr'>;
  readonly variables: Variables;
  readonly signal: AbortSignal;
}

/** Drives the load, judges the run and writes its record. @returns the exit code. @throws UsageError, ConfigurationError, ObserverError */
export async function runOnce(
  options: LoadOptions,
  { source, variables, signal }: RunSurroundings,
): Promise<number> {
  const plan = await planFromOptions(options, variables);
  if (!isLoopback(plan.target)) {
    source.stderr.write(`load-runner: ${plan.target.host} is not this machine; it gets real load now\n`);
  }
  const progress = new Progress(options.quiet ? null : progressOutput(source.stderr));
  const trace = await run(plan, { signal, progress });
  const record = assembleRecord(plan, trace, await runProvenance());
  const recordPath = await writeRun(plan.outDir, record);
  source.stdout.write(
    options.json
      ? `${JSON.stringify(summary(record, recordPath))}\n`
      : `${renderTerminal(record, { color: picocolors.isColorSupported })}\n${recordPath}\n`,
  );
  if (signal.aborted) return exitCodes.interrupted;
  return record.verdict.passed ? exitCodes.done : exitCodes.failed;
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
