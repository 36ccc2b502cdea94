import type { TraceOptions } from '../open-trace.ts';
import type { RemarkLog } from '../remark-log.ts';
import type { EvenSteps } from '../series/even-steps.ts';

/** Reads the files of one trace, all of one format. */
export interface TraceReader {
  /** Reads one more file, and holds of it only what the trace needs. @throws UsageError with a code of a trace */
  add(path: string): Promise<void>;
  /** The trace of all files, missing steps filled. @throws UsageError with a code of a trace */
  finish(): EvenSteps;
}

export type CreateReader = (options: TraceOptions, remarks: RemarkLog) => TraceReader;
