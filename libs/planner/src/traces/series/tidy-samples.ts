import type { RemarkLog } from '../remark-log.ts';
import { traceError } from '../trace-codes.ts';
import type { Samples } from './samples.ts';

/** What becomes of values of one time that differ: an error, their sum (as of several zones), or the last one (as of corrections). */
export const duplicateRules = ['refuse', 'sum', 'last'] as const;
export type DuplicateRule = (typeof duplicateRules)[number];

interface Merge {
  /** The value of both, or null where that is refused. */
  readonly of: (before: number, value: number) => number | null;
  /** Whether equal values are merged as well: the same count of another zone is another count. */
  readonly equalToo: boolean;
  /** What became of the rows, in words. */
  readonly words: string;
}

const merges: Readonly<Record<DuplicateRule, Merge>> = {
  refuse: { of: () => null, equalToo: false, words: '' },
  sum: { of: (before, value) => before + value, equalToo: true, words: 'their values were added up' },
  last: { of: (_, value) => value, equalToo: false, words: 'the later row was kept' },
};

/** Samples in the order of time, each time once. @throws UsageError TL-TRACE-DUPLICATE */
export function tidySamples(samples: Samples, rule: DuplicateRule, remarks: RemarkLog): Samples {
  const backwards = countBackwards(samples);
  const ordered = backwards === 0 ? samples : samples.sorted();
  if (backwards > 0)
    remarks.add(
      'TL-TRACE-UNORDERED',
      `${backwards} rows were earlier than the row before them: sorted by time`,
    );
  mergeDuplicates(ordered, rule, remarks);
  return ordered;
}

function countBackwards(samples: Samples): number {
  let count = 0;
  for (let index = 1; index < samples.length; index++)
    if (samples.timeAt(index) < samples.timeAt(index - 1)) count += 1;
  return count;
}

function mergeDuplicates(samples: Samples, rule: DuplicateRule, remarks: RemarkLog): void {
  const merge = merges[rule];
  let [kept, equal, different] = [0, 0, 0];
  for (let index = 0; index < samples.length; index++) {
    const [atMs, value] = [samples.timeAt(index), samples.valueAt(index)];
    const before = samples.valueAt(kept - 1);
    if (kept === 0 || samples.timeAt(kept - 1) !== atMs) {
      samples.set(kept, { atMs, value });
      kept += 1;
    } else if (Number.isNaN(before) || Number.isNaN(value)) {
      if (Number.isNaN(before)) samples.set(kept - 1, { atMs, value });
      equal += 1;
    } else if (before === value && !merge.equalToo) {
      equal += 1;
    } else {
      const merged = merge.of(before, value);
      if (merged === null) throw twice(atMs, before, value);
      samples.set(kept - 1, { atMs, value: merged });
      different += 1;
    }
  }
  samples.cut(kept);
  if (equal > 0)
    remarks.add(
      'TL-TRACE-REPEATED',
      `${equal} rows repeated the time and the value of another row: left out`,
    );
  if (different > 0)
    remarks.add('TL-TRACE-REPEATED', `${different} rows had the time of another row: ${merge.words}`);
}

const twice = (atMs: number, before: number, value: number): Error =>
  traceError(
    'TL-TRACE-DUPLICATE',
    `${new Date(atMs).toISOString()} occurs twice, with the values ${before} and ${value}; allowed is one value a time: --trace-duplicates sum adds them up, as of several zones, and --trace-duplicates last keeps the later row, as of a correction; local times of an hour that clocks show twice need --trace-zone`,
  );
