import type { EvenSteps } from './even-steps.ts';

/** Steps in a row that are missing. */
export interface Gap {
  /** First missing step, and the first one after it that is there. */
  readonly from: number;
  readonly to: number;
}

/** Every gap of a series, in order of time. */
export function findGaps(rates: Float64Array): readonly Gap[] {
  const gaps: Gap[] = [];
  let from = -1;
  for (let step = 0; step < rates.length; step++) {
    const isMissing = Number.isNaN(rates[step]);
    if (isMissing && from < 0) from = step;
    if (!isMissing && from >= 0) {
      gaps.push({ from, to: step });
      from = -1;
    }
  }
  return from < 0 ? gaps : [...gaps, { from, to: rates.length }];
}

export const stepsIn = (gaps: readonly Gap[]): number =>
  gaps.reduce((sum, { from, to }) => sum + to - from, 0);

/** A gap in words: its instants and its length. */
export const spanOf = ({ startsAtMs, stepSeconds }: EvenSteps, { from, to }: Gap): string => {
  const at = (step: number): string => new Date(startsAtMs + step * stepSeconds * 1000).toISOString();
  return `from ${at(from)} to ${at(to)} (${to - from} steps)`;
};
