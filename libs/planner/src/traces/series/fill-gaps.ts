import type { RemarkLog } from '../remark-log.ts';
import { traceError } from '../trace-codes.ts';
import type { EvenSteps } from './even-steps.ts';
import { type Gap, findGaps, spanOf, stepsIn } from './find-gaps.ts';

/** What is put into missing steps: an estimate from those around, nothing (no requests), or an error. */
export const gapRules = ['estimate', 'zero', 'refuse'] as const;
export type GapRule = (typeof gapRules)[number];

/** Gaps of up to this many steps are bridged by a straight line; longer ones get the same time of the days around. */
const shortGapSteps = 3;
const daySeconds = 86_400;
/** Long gaps that a remark names one by one. */
const mostNamed = 5;

/**
 * Replaces missing steps in place, and says so. Estimates: a short gap, of three steps or fewer, lies on the line between
 * its neighbours. A longer one has the mean of the same times one day before and one day after, as far as they are known,
 * because a line across it would leave out a peak; where neither is known, the line.
 * @throws UsageError TL-TRACE-GAP where more is missing than there is, or nothing may be missing
 */
export function fillGaps(steps: EvenSteps, rule: GapRule, remarks: RemarkLog): void {
  const gaps = findGaps(steps.requestsPerSecond);
  if (gaps.length === 0) return;
  const missing = stepsIn(gaps);
  refuseTooMany(steps, { gaps, missing, rule });
  if (rule === 'zero') {
    for (const { from, to } of gaps) steps.requestsPerSecond.fill(0, from, to);
    const longest = gaps.reduce((best, gap) => (gap.to - gap.from > best.to - best.from ? gap : best));
    remarks.add(
      'TL-TRACE-GAP-ZERO',
      `${missing} of ${steps.requestsPerSecond.length} steps had no entry: they count as steps without requests; the longest stretch is ${spanOf(steps, longest)}`,
    );
    return;
  }
  estimate(steps, gaps, remarks);
}

function refuseTooMany(
  steps: EvenSteps,
  {
    gaps,
    missing,
    rule,
  }: { readonly gaps: readonly Gap[]; readonly missing: number; readonly rule: GapRule },
): void {
  const [first] = gaps;
  const count = steps.requestsPerSecond.length;
  if (rule === 'refuse' && first !== undefined)
    throw traceError(
      'TL-TRACE-GAP',
      `${missing} of ${count} steps have no value, first ${spanOf(steps, first)}; --trace-gaps refuse allows none: complete the trace, or leave the option out`,
    );
  if (rule === 'estimate' && missing * 2 > count)
    throw traceError(
      'TL-TRACE-GAP',
      `${missing} of ${count} steps of ${steps.stepSeconds} s have no value; allowed is at most half: give the period of the values with --trace-period, or --trace-gaps zero where no row means no requests`,
    );
}

function estimate(steps: EvenSteps, gaps: readonly Gap[], remarks: RemarkLog): void {
  const { requestsPerSecond: rates, stepSeconds } = steps;
  const known = rates.slice();
  const perDay = Number.isInteger(daySeconds / stepSeconds) ? daySeconds / stepSeconds : Infinity;
  const short = gaps.filter(({ from, to }) => to - from <= shortGapSteps);
  const long = gaps.filter(({ from, to }) => to - from > shortGapSteps);
  for (const gap of gaps) {
    for (let step = gap.from; step < gap.to; step++) {
      const days = [known[step - perDay], known[step + perDay]].filter(isKnown);
      rates[step] = long.includes(gap) && days.length > 0 ? mean(days) : lineAt(known, gap, step);
    }
  }
  if (short.length > 0) {
    remarks.add(
      'TL-TRACE-GAP-FILLED',
      `${stepsIn(short)} missing steps in ${short.length} gaps of at most ${shortGapSteps} steps: put on the line between their neighbours`,
    );
  }
  for (const gap of long.slice(0, mostNamed))
    remarks.add(
      'TL-TRACE-GAP-FILLED',
      `nothing is known ${spanOf(steps, gap)}: ${whatWasPutIn(known, gap, perDay)}`,
    );
  if (long.length > mostNamed)
    remarks.add('TL-TRACE-GAP-FILLED', `${long.length - mostNamed} more gaps of that kind were filled alike`);
}

function whatWasPutIn(known: Float64Array, { from, to }: Gap, perDay: number): string {
  let fromDays = 0;
  for (let step = from; step < to; step++)
    if (isKnown(known[step - perDay]) || isKnown(known[step + perDay])) fromDays += 1;
  if (fromDays === to - from) return 'the rates of the same times one day before and after were put in';
  if (fromDays === 0)
    return 'a straight line was put in, since the days before and after are not known either';
  return `the rates of the same times one day before and after were put in for ${fromDays} of ${to - from} steps, a straight line for the others`;
}

function lineAt(known: Float64Array, { from, to }: Gap, step: number): number {
  const [before, after] = [known[from - 1], known[to]];
  if (!isKnown(before)) return isKnown(after) ? after : 0;
  if (!isKnown(after)) return before;
  return before + ((after - before) * (step - from + 1)) / (to - from + 1);
}

const isKnown = (rate: number | undefined): rate is number => rate !== undefined && !Number.isNaN(rate);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
