import type { Trace, TraceRemark } from '../traces/trace.ts';

const daySeconds = 86_400;
/** Days below which days cannot be compared with each other. */
const fewDays = 3;
/** Mean rates of both parts that differ by more than this factor are unlike. */
const unlikeFactor = 1.5;
/** Correlation of the hours of the day of both parts below which they are unlike. */
const unlikeCorrelation = 0.5;

/**
 * What makes a plan for a trace doubtful: it is short, its parts have different rates, or other hours of the day are busy.
 * @param fittedSeconds end of the part that is fitted; the rest is held out
 */
export function traceDoubts(trace: Trace, fittedSeconds: number): readonly TraceRemark[] {
  const { requestsPerSecond, stepSeconds } = trace;
  const steps = Math.round(fittedSeconds / stepSeconds);
  const [fitted, heldOut] = [requestsPerSecond.slice(0, steps), requestsPerSecond.slice(steps)];
  const days = (requestsPerSecond.length * stepSeconds) / daySeconds;
  const [before, after] = [mean(fitted), mean(heldOut)];
  return [
    ...(days < fewDays
      ? [
          {
            code: 'TL-PLAN-TRACE-SHORT',
            message: `the trace has ${rounded(days)} days: what is chosen on its first part can hardly be judged on the rest. Give 14 days`,
          },
        ]
      : []),
    ...(Math.max(before, after) > unlikeFactor * Math.min(before, after)
      ? [
          {
            code: 'TL-PLAN-TRACE-SHIFTED',
            message: `the trace is unlike itself: ${rounded(before)} requests/s on average in the part that is fitted, ${rounded(after)} in the rest. Plan again once the traffic has settled`,
          },
        ]
      : []),
    ...unlikeHours(trace, steps),
  ];
}

function unlikeHours({ requestsPerSecond, stepSeconds }: Trace, steps: number): readonly TraceRemark[] {
  const [fitted, heldOut] = [requestsPerSecond.slice(0, steps), requestsPerSecond.slice(steps)];
  if (Math.min(fitted.length, heldOut.length) * stepSeconds < 2 * daySeconds) return [];
  const before = hoursOfDay(fitted, stepSeconds, 0);
  const after = hoursOfDay(heldOut, stepSeconds, steps);
  if (before === null || after === null) return [];
  const [wave, otherWave] = [spread(before), spread(after)];
  // Where hours hardly differ there is no pattern to be unlike.
  if (wave < 0.1 || otherWave < 0.1) return [];
  const likeness = correlation(before, after);
  if (likeness >= unlikeCorrelation) return [];
  return [
    {
      code: 'TL-PLAN-TRACE-PATTERN',
      message: `the trace is unlike itself: the busy hours of the day in the part that is fitted and in the rest agree by ${rounded(likeness)} (1 is all, 0 nothing). A schedule learnt of it would not hold`,
    },
  ];
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean rate of each hour of the day; null where a step is longer than an hour. */
function hoursOfDay(
  rates: readonly number[],
  stepSeconds: number,
  firstStep: number,
): readonly number[] | null {
  if (stepSeconds > 3600) return null;
  const sums = Array.from({ length: 24 }, () => ({ sum: 0, count: 0 }));
  rates.forEach((rate, index) => {
    const hour = sums[Math.floor((((firstStep + index) * stepSeconds) % daySeconds) / 3600)];
    if (hour === undefined) return;
    hour.sum += rate;
    hour.count += 1;
  });
  return sums.map(({ sum, count }) => (count === 0 ? 0 : sum / count));
}

/** Standard deviation as a share of the mean. */
function spread(values: readonly number[]): number {
  const middle = mean(values);
  return middle === 0 ? 0 : Math.sqrt(mean(values.map((value) => (value - middle) ** 2))) / middle;
}

/** Pearson’s correlation. */
function correlation(left: readonly number[], right: readonly number[]): number {
  const [leftMean, rightMean] = [mean(left), mean(right)];
  const product = mean(left.map((value, index) => (value - leftMean) * ((right[index] ?? 0) - rightMean)));
  const scale = spread(left) * leftMean * spread(right) * rightMean;
  return scale === 0 ? 0 : product / scale;
}

/** Three digits, for a sentence. */
export const rounded = (value: number): string => String(Number(value.toPrecision(3)));
