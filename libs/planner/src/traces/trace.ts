import type { LoadTrace } from '@tideline/scaling';

/** Something about a trace that its reader must know: a repair, or a doubt. */
export interface TraceRemark {
  /** Stable: TL-TRACE-… */
  readonly code: string;
  readonly message: string;
}

/** The requests of a service over time: even steps without gaps, each with its mean rate. */
export interface Trace extends LoadTrace {
  /** Of the file, the shape or the AWS resource. */
  readonly name: string;
  /** Calendar instant at which the first step begins. */
  readonly startedAt: Date;
  /** What was repaired, and what remains in doubt. */
  readonly remarks: readonly TraceRemark[];
}
