import type { Elasticity } from '@tideline/evidence';

/** What a policy came to over a part of a trace. */
export interface Outcome {
  readonly elasticity: Elasticity;
  /** Units that are billed, on average: those that run, start or wait. */
  readonly averageUnits: number;
  readonly peakUnits: number;
  /** Moves of the desired count. */
  readonly scaleEvents: number;
  /** USD a month of what runs the service, at that average. */
  readonly computeUsdPerMonth: number;
  /** USD a month of everything, at that average and the trace’s mean rate. */
  readonly totalUsdPerMonth: number;
}

/** A condition under which a policy has to hold, beside the one that was measured. */
export interface Condition {
  /** In words, after “if”. */
  readonly name: string;
  /** What a unit carries, as a share of what was measured. */
  readonly capacityFactor: number;
  /** Rates, as a share of those of the trace. */
  readonly loadFactor: number;
  /** When the trace begins within a minute, seconds: metrics are counted from minute to minute. */
  readonly startSeconds: number;
}

export const asMeasured: Condition = {
  name: 'all is as measured',
  capacityFactor: 1,
  loadFactor: 1,
  startSeconds: 0,
};

/** Capacity a tenth more and less than measured, less traffic, and a trace that begins within the minute. */
export const otherConditions: readonly Condition[] = [
  { ...asMeasured, name: 'a unit carries 10 % less', capacityFactor: 0.9 },
  { ...asMeasured, name: 'a unit carries 10 % more', capacityFactor: 1.1 },
  // A minimum that is right for busy weeks is dear in quiet ones.
  { ...asMeasured, name: 'there is a quarter less traffic', loadFactor: 0.75 },
  { ...asMeasured, name: 'the load begins 30 s into the minute', startSeconds: 30 },
];

/** A stretch of a trace, seconds from its start. */
export interface TracePart {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}
