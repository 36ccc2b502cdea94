import type { RunRecord } from '@tideline/evidence';
import {
  UsageError,
  type Variables,
  WriteError,
  appendStepSummary,
  checkExports,
  exitCodes,
  writeWhole,
} from '@tideline/process';
import {
  type RunExportForm,
  renderJunit,
  renderMarkdown,
  renderTerminal,
  runCsv,
  writeReportsIndex,
} from '@tideline/report';
import picocolors from 'picocolors';
import { openExchange } from '../exchange/exchange.ts';
import { Progress, keptOutput, progressOutput } from '../progress/progress.ts';
import { assembleRecord, runProvenance } from '../run/assemble-record.ts';
import { hdrLog } from '../run/hdr-log.ts';
import { type RunTrace, run } from '../run/run.ts';
import { runFiles, writeRun } from '../run/write-run.ts';
import { isLoopback, type LoadOptions } from './options.ts';
import { planFromOptions } from './plan-from-options.ts';

/** Where a run prints, reads and is asked to stop. */
interface RunSurroundings {
  readonly source: Pick<NodeJS.Process, 'stdout' | 'stderr'>;
  readonly variables: Variables;
  readonly signal: AbortSignal;
}

/** Drives the load, judges the run and writes its record. @returns the exit code. @throws UsageError, ConfigurationError, ObserverError, WriteError */
export async function runOnce(
  options: LoadOptions,
  { source, variables, signal }: RunSurroundings,
): Promise<number> {
  checkExports(options);
  const exchange = options.exchange === undefined ? null : await openExchange(options.exchange);
  const plan = await planFromOptions(options, { variables, exchange });
  if (!isLoopback(plan.target)) {
    source.stderr.write(`load-runner: ${plan.target.host} is not this machine; it gets real load now\n`);
  }
  const log: string[] = [];
  const progress = new Progress(options.quiet ? null : keptOutput(progressOutput(source.stderr), log));
  const trace = await run(plan, { signal, progress });
  const record = assembleRecord(plan, trace, await runProvenance());
  const files = runFiles(record);
  const written = tryTo(() => writeRun(plan.outDir, record, files));
  const indexed = tryTo(() => writeReportsIndex(plan.outDir));
  const exported = tryTo(() => writeExports(options.export ?? {}, { record, trace }));
  const summarised = tryTo(() => appendStepSummary(variables, renderMarkdown(record)));
  const recordPath = typeof written === 'string' ? written : null;
  // A run is not made again because a disk is full: what it found is printed, and put where it should be, in any case.
  source.stdout.write(
    options.json
      ? `${JSON.stringify(summary(record, recordPath))}\n`
      : `${[renderTerminal(record, { color: picocolors.isColorSupported }), recordPath ?? []].flat().join('\n')}\n`,
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
  const failure = [written, indexed, exported, summarised].find((outcome) => outcome instanceof WriteError);
  if (failure !== undefined) throw failure;
  if (signal.aborted) return exitCodes.interrupted;
  return record.verdict.passed ? exitCodes.done : exitCodes.failed;
}

/** @returns what it returned, or what could not be written */
function tryTo<Result>(write: () => Result): Result | WriteError {
  try {
    return write();
  } catch (error) {
    if (error instanceof WriteError) return error;
    throw error;
  }
}

/** Writes the files that `--export` names. @throws WriteError */
function writeExports(
  files: NonNullable<LoadOptions['export']>,
  { record, trace }: { readonly record: RunRecord; readonly trace: RunTrace },
): void {
  const forms: Readonly<Record<RunExportForm, () => string>> = {
    junit: () =>
      renderJunit([{ name: `${record.preset} under ${record.profile}`, ...record.verdict, ...record }]),
    csv: () => runCsv(record),
    hdr: () => hdrLog(trace),
  };
  for (const [form, file] of Object.entries(files)) writeWhole(file, forms[form as RunExportForm]());
}

/** What `--json` prints. @param recordPath null where the record could not be written */
function summary(record: RunRecord, recordPath: string | null) {
  const { requests, requestsPerSecond, askedRequestsPerSecond, generatorLimited } = record.load;
  const { failures, endpoints, latencyMs } = record.load;
  const { peakRunning, finalRunning } = record.scaling;
  return {
    record: recordPath,
    status: record.status,
    verdict: record.verdict,
    load: {
      ...{ requests, requestsPerSecond, askedRequestsPerSecond, generatorLimited },
      ...{ failures, endpoints, latencyMs },
    },
    scaling: { peakRunning, finalRunning },
    ...(record.elasticity === undefined ? {} : { elasticity: record.elasticity }),
  };
}
