import { readFile } from 'node:fs/promises';
import { type RunRecord, parseRunRecord } from '@tideline/evidence';
import { recordOf } from './recorded-run.ts';

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
  const recordFile = await recordOf({
    name: 'the twin',
    file: run.twinFile,
    args: [
      ...['run', '--json', '--config', run.configFile, '--out', run.out],
      ...['--trace', run.traceFile, '--trace-unit', 'rate', '--trace-period', String(run.stepSeconds)],
      ...['--speed', String(run.speed), '--idle-speed', String(idleSpeed)],
      ...['--capacity', String(run.unitRequestsPerSecond)],
    ],
    signal: run.signal,
  });
  return { record: parseRunRecord(JSON.parse(await readFile(recordFile, 'utf8'))), recordFile };
}
