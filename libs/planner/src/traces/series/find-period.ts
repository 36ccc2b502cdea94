import type { Samples } from './samples.ts';

/** Differences that are looked at: more would not change the answer. */
const mostLookedAt = 100_000;

/**
 * The period of samples in the order of time: the difference that half of them or more have to the next one. Where there
 * is none, as of times with a jitter, the mean of the differences near the median, in whole seconds, if three of four lie
 * within a quarter of it.
 * @returns milliseconds; undefined where there is none, or where there are fewer than two samples
 */
export function findPeriod(samples: Samples): number | undefined {
  const count = samples.length - 1;
  if (count < 1) return undefined;
  const stride = Math.max(1, Math.floor(count / mostLookedAt));
  const differences: number[] = [];
  for (let index = 0; index < count; index += stride)
    differences.push(samples.timeAt(index + 1) - samples.timeAt(index));
  differences.sort((left, right) => left - right);
  const { value, times } = mostCommon(differences);
  if (times * 2 >= differences.length) return value;
  const median = differences[Math.floor(differences.length / 2)] ?? 0;
  const near = differences.filter((difference) => Math.abs(difference - median) <= median / 4);
  const mean = near.reduce((sum, difference) => sum + difference, 0) / near.length;
  const rounded = Math.round(mean / 1000) * 1000;
  return near.length * 4 >= differences.length * 3 && rounded > 0 ? rounded : undefined;
}

/** @param sorted in ascending order, at least one */
function mostCommon(sorted: readonly number[]): { readonly value: number; readonly times: number } {
  let best = { value: sorted[0] ?? 0, times: 0 };
  let runStart = 0;
  for (let index = 1; index <= sorted.length; index++) {
    if (sorted[index] === sorted[runStart]) continue;
    if (index - runStart > best.times) best = { value: sorted[runStart] ?? 0, times: index - runStart };
    runStart = index;
  }
  return best;
}
