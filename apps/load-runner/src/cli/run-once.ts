import type { RunRecord } from '@tideline/evidence';
import { UsageError, type Variables, exitCodes } from '@tideline/process';
import { renderTerminal } from '@tideline/report';
import picocolors from 'picocolors';
import { openExchange } from '../exchange/exchange.ts';
import { Progress, keptOutput, progressOutput } from '../progress/progress.ts';
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
  const exchange = options.exchange === undefined ? null : await openExchange(options.exchange);
  const plan = await planFromOptions(options, { variables, exchange });
  if (!isLoopback(plan.target)) {
    source.stderr.write(`load-runner: ${plan.target.host} is not this machine; it gets real load now\n`);
  }
  const log: string[] = [];
  const progress = new Progress(options.quiet ? null : keptOutput(progressOutput(source.stderr), log));
  const trace = await run(plan, { signal, progress });
  const record = assembleRecord(plan, trace, await runProvenance());
  const { recordPath, files } = await writeRun(plan.outDir, record);
  source.stdout.write(
    options.json
      ? `${JSON.stringify(summary(record, recordPath))}\n`
      : `${renderTerminal(record, { color: picocolors.isColorSupported })}\n${recordPath}\n`,
  );
  if (exchange !== null) {
    const runLog = [...log, renderTerminal(record, { color: false })].join('\n');
    try {
      // The record comes last: where it is, all of them are.
      await exchange.put({ 'run.log': `${runLog}\n`, ...files });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      // The run has been: it is no mistake in the command line any more.
      source.stderr.write(`load-runner: ${error.message}\n`);
      return exitCodes.failed;
    }
  }
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
