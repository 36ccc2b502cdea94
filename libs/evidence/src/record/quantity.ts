import type { RunRecord } from './run-record.ts';

/** Formatters are costly to make, and a report formats thousands of numbers; one fixed language keeps them alike everywhere. */
const withDigits = (maximumFractionDigits: number) =>
  new Intl.NumberFormat('en-US', { maximumFractionDigits });
const whole = withDigits(0);
const tenths = withDigits(1);
const hundredths = withDigits(2);

/** `67,503`: whole numbers grouped in threes. */
export const formatCount = (value: number): string => whole.format(value);

/** `0.42`, `9.8`, `276`, `1,250`: no more digits than a reader needs to compare. */
export function formatMeasure(value: number): string {
  const size = Math.abs(value);
  return (size < 1 ? hundredths : size < 100 ? tenths : whole).format(value);
}

/** `0.42 ms`, `1,250 ms`: always in milliseconds. */
export const formatMilliseconds = (milliseconds: number): string => `${formatMeasure(milliseconds)} ms`;

/** `375 requests/s`, `24.8 requests/s`. */
export const formatRate = (perSecond: number): string =>
  `${(perSecond < 100 ? tenths : whole).format(perSecond)} requests/s`;

/** What the counts of a run count: `tasks` or `instances`; `task` and `instance` for one. */
export const capacityNoun = (
  { scaling }: { readonly scaling: Pick<RunRecord['scaling'], 'unit'> },
  count = 2,
): string => {
  const unit = scaling.unit ?? 'task';
  return count === 1 ? unit : `${unit}s`;
};
