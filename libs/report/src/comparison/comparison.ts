/** Whether a figure had better be low or high; `neither` where that depends. */
export type Better = 'lower' | 'higher' | 'neither';

/** One of the things that are compared. */
export interface ComparedSubject {
  /** As the user named it. */
  readonly name: string;
  /** What it is, such as `run on the twin`. */
  readonly kind: string;
  readonly startedAt: string;
  /** Null where nothing was judged. */
  readonly passed: boolean | null;
}

/** How a value stands to the one of the first subject. */
export interface Difference {
  /** Change in per cent of the first; null where the first is zero or one is not known. */
  readonly percent: number | null;
  readonly judgement: 'better' | 'worse' | 'same' | 'different' | 'unknown';
  /** Such as `12 % lower, better`. */
  readonly words: string;
}

/** One figure of all subjects. */
export interface ComparedFigure {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly better: Better;
  /** Of each subject, in their order; null where it is not known. */
  readonly values: readonly (number | null)[];
  /** Of each subject after the first. */
  readonly differences: readonly Difference[];
}

/** A setting in which the subjects differ; null where one has none. */
export interface ComparedSetting {
  readonly name: string;
  readonly values: readonly (string | null)[];
}

/** Figures of two or more runs or simulations, set against the first: what `tideline compare --json` prints. */
export interface Comparison {
  readonly schemaVersion: 1;
  readonly kind: 'comparison';
  readonly subjects: readonly ComparedSubject[];
  readonly figures: readonly ComparedFigure[];
  /** Settings in which they differ. */
  readonly setup: readonly ComparedSetting[];
}

/** Less than this, per cent, is no difference. */
const samePercent = 0.5;

/** How a value stands to the first one, in words that need no colour. @param format with its unit */
export function difference(
  {
    first,
    value,
    better,
  }: { readonly first: number | null; readonly value: number | null; readonly better: Better },
  format: (amount: number) => string,
): Difference {
  if (first === null || value === null) return { percent: null, judgement: 'unknown', words: 'not known' };
  const change = value - first;
  const percent = first === 0 ? null : (change / Math.abs(first)) * 100;
  if (change === 0 || (percent !== null && Math.abs(percent) < samePercent))
    return { percent: percent ?? 0, judgement: 'same', words: 'the same' };
  const direction = change > 0 ? 'higher' : 'lower';
  const amount =
    percent === null || Math.abs(percent) >= 1000
      ? format(Math.abs(change))
      : `${percentText(Math.abs(percent))} %`;
  if (better === 'neither') return { percent, judgement: 'different', words: `${amount} ${direction}` };
  const judgement = better === direction ? 'better' : 'worse';
  return { percent, judgement, words: `${amount} ${direction}, ${judgement}` };
}

const percentText = (percent: number): string => (percent < 10 ? percent.toFixed(1) : percent.toFixed(0));
