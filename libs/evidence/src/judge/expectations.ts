import type { LoadProfile } from '@tideline/config';
import type { Check, NotJudged, RunRecord } from '../record/run-record.ts';

/** What a run must show to pass. */
export interface Expectations {
  /** Bounds, both inclusive, of the highest running count; null when scale-out is not to be judged. */
  readonly peakTasks: { readonly atLeast: number; readonly atMost: number } | null;
  /** Count that the service must have come back to; null when scale-in is not to be judged. */
  readonly minTasks: number | null;
  /**
   * Bounds, both inclusive, of the instances that must be left in the end; null when that is not to be judged. Only where
   * tasks run on instances of their own. @default null
   */
  readonly restInstances?: { readonly atLeast: number; readonly atMost: number } | null;
  readonly thresholds: LoadProfile['thresholds'];
}

/** A run that is yet to be judged. */
export type UnjudgedRun = Omit<RunRecord, 'verdict'>;

/** One question put to a run: answered by a check, or not judged, with the reason. */
export type Finding = Check | NotJudged;
