import type { RemarkLog } from '../remark-log.ts';
import { traceError } from '../trace-codes.ts';
import { findPeriod } from './find-period.ts';
import type { Samples } from './samples.ts';

/** What a value says: how many requests its period had, or how many each second of it had. */
export const traceUnits = ['count', 'rate'] as const;
export type TraceUnit = (typeof traceUnits)[number];

/** Mean rates in even steps; NaN is a step of which too little is known. */
export interface EvenSteps {
  readonly startsAtMs: number;
  readonly stepSeconds: number;
  readonly requestsPerSecond: Float64Array;
}

interface Wanted {
  readonly unit: TraceUnit;
  /** Undefined: the period of the samples. */
  readonly periodSeconds: number | undefined;
  /** Period of the samples where it is known; undefined: it is found. */
  readonly samplePeriodSeconds?: number | undefined;
}

/** Steps of one trace at most: two weeks of seconds are 1.2 million. */
export const mostSteps = 20_000_000;

/** A value holds until the next one, yet no longer than this many periods: then a gap begins. */
const longestHold = 1.5;

/**
 * Lays samples on even steps. Each value holds until the next one, or for one period where the next one is more than 1.5
 * periods away; a step has the mean over what is known of it, and is missing where that is less than half of it.
 * Where times are whole periods apart, each step is one sample. Samples without a period are counted into the given steps.
 * @param samples in the order of time, each time once, at least one
 * @throws UsageError TL-TRACE-SHORT, TL-TRACE-PERIOD, TL-TRACE-LENGTH
 */
export function evenSteps(samples: Samples, wanted: Wanted, remarks: RemarkLog): EvenSteps {
  const found = millisecondsOf(wanted.samplePeriodSeconds) ?? findPeriod(samples);
  const given = millisecondsOf(wanted.periodSeconds);
  const stepMs = given ?? found;
  if (stepMs === undefined) throw noPeriod(samples);
  const periodMs = Math.min(found ?? stepMs, stepMs);
  const spanMs = samples.timeAt(samples.length - 1) - samples.timeAt(0);
  if (found === undefined && samples.length > 1) {
    const bins = emptySteps(samples.timeAt(0), { stepMs, spanMs: spanMs + 1 });
    countInto(bins, samples, { unit: wanted.unit, remarks });
    return bins;
  }
  const steps = emptySteps(samples.timeAt(0), { stepMs, spanMs: spanMs + periodMs });
  reportIrregular(samples, periodMs, remarks);
  spreadOver(steps, samples, { unit: wanted.unit, periodMs });
  return steps;
}

const millisecondsOf = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * 1000;

function noPeriod(samples: Samples): Error {
  if (samples.length === 1)
    return traceError(
      'TL-TRACE-SHORT',
      'got one value, which has no period; allowed are two values or more, or --trace-period with the seconds that one value counts for',
    );
  return traceError(
    'TL-TRACE-PERIOD',
    `got ${samples.length} values whose times are too irregular to have a period; --trace-period 60 counts them into steps of 60 seconds`,
  );
}

/** Steps without values. @throws UsageError TL-TRACE-LENGTH */
export function emptySteps(
  startsAtMs: number,
  { stepMs, spanMs }: { readonly stepMs: number; readonly spanMs: number },
): EvenSteps {
  const count = Math.max(1, Math.ceil(spanMs / stepMs - 1e-9));
  if (count > mostSteps)
    throw traceError(
      'TL-TRACE-LENGTH',
      `got values from ${new Date(startsAtMs).toISOString()} over ${Math.round(spanMs / 1000)} s, which are ${count} steps of ${stepMs / 1000} s; allowed are ${mostSteps}: check the times, or give a longer --trace-period`,
    );
  return { startsAtMs, stepSeconds: stepMs / 1000, requestsPerSecond: new Float64Array(count) };
}

function reportIrregular(samples: Samples, periodMs: number, remarks: RemarkLog): void {
  let [irregular, longestMs] = [0, 0];
  for (let index = 1; index < samples.length; index++) {
    const differenceMs = samples.timeAt(index) - samples.timeAt(index - 1);
    const offMs = Math.abs(differenceMs - Math.max(1, Math.round(differenceMs / periodMs)) * periodMs);
    if (offMs === 0) continue;
    irregular += 1;
    longestMs = Math.max(longestMs, offMs);
  }
  if (irregular > 0)
    remarks.add(
      'TL-TRACE-IRREGULAR',
      `${irregular} of ${samples.length - 1} times are up to ${longestMs / 1000} s off a period of ${periodMs / 1000} s: values were spread over even steps`,
    );
}

/** Requests and known time by step, then their quotient. */
function spreadOver(
  { startsAtMs, stepSeconds, requestsPerSecond }: EvenSteps,
  samples: Samples,
  { unit, periodMs }: { readonly unit: TraceUnit; readonly periodMs: number },
): void {
  const stepMs = stepSeconds * 1000;
  const knownMs = new Float32Array(requestsPerSecond.length);
  for (let index = 0; index < samples.length; index++) {
    if (Number.isNaN(samples.valueAt(index))) continue;
    const from = samples.timeAt(index) - startsAtMs;
    const untilNext = samples.timeAt(index + 1) - startsAtMs - from;
    const holdMs = untilNext <= longestHold * periodMs ? untilNext : periodMs;
    const rate = unit === 'rate' ? samples.valueAt(index) : samples.valueAt(index) / (holdMs / 1000);
    for (let at = from; at < from + holdMs - 1e-6;) {
      const step = Math.floor(at / stepMs + 1e-9);
      if (step >= requestsPerSecond.length) break;
      const end = Math.min(from + holdMs, (step + 1) * stepMs);
      requestsPerSecond[step] = (requestsPerSecond[step] ?? 0) + rate * (end - at);
      knownMs[step] = (knownMs[step] ?? 0) + end - at;
      at = end;
    }
  }
  for (let step = 0; step < requestsPerSecond.length; step++) {
    const known = knownMs[step] ?? 0;
    requestsPerSecond[step] = known * 2 < stepMs ? NaN : (requestsPerSecond[step] ?? 0) / known;
  }
}

/** Counts are added up in the step in which they lie, rates averaged. */
function countInto(
  { startsAtMs, stepSeconds, requestsPerSecond }: EvenSteps,
  samples: Samples,
  { unit, remarks }: { readonly unit: TraceUnit; readonly remarks: RemarkLog },
): void {
  const rows = new Uint32Array(requestsPerSecond.length);
  for (let index = 0; index < samples.length; index++) {
    if (Number.isNaN(samples.valueAt(index))) continue;
    const step = Math.floor((samples.timeAt(index) - startsAtMs) / (stepSeconds * 1000));
    requestsPerSecond[step] = (requestsPerSecond[step] ?? 0) + samples.valueAt(index);
    rows[step] = (rows[step] ?? 0) + 1;
  }
  for (let step = 0; step < requestsPerSecond.length; step++) {
    const rowsOfStep = rows[step] ?? 0;
    const divisor = unit === 'count' ? stepSeconds : rowsOfStep === 0 ? NaN : rowsOfStep;
    requestsPerSecond[step] = (requestsPerSecond[step] ?? 0) / divisor;
  }
  remarks.add(
    'TL-TRACE-IRREGULAR',
    `times have no period: ${samples.length} values were ${unit === 'count' ? 'added up in' : 'averaged over'} steps of ${stepSeconds} s`,
  );
}
