/** A figure from two contenders who took turns, and how far single rounds strayed from it. */
export interface Compared {
  readonly value: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Ratio of the medians of two contenders’ rounds. On a noisy machine a median forgets a disturbed round that a mean
 * would not, and taking turns lets slow drift hit both.
 * @throws RangeError unless both have the same number of rounds, at least one
 */
export const ratioOfMedians = (own: readonly number[], peer: readonly number[]): Compared =>
  compare(own, peer, (a, b) => a / b);

/** Difference of the medians, in the unit of the rounds. @throws RangeError as `ratioOfMedians` does */
export const differenceOfMedians = (own: readonly number[], peer: readonly number[]): Compared =>
  compare(own, peer, (a, b) => a - b);

function compare(
  own: readonly number[],
  peer: readonly number[],
  combine: (own: number, peer: number) => number,
): Compared {
  if (own.length !== peer.length) {
    throw new RangeError(`rounds must be as many on both sides; got ${own.length} and ${peer.length}`);
  }
  const perRound = own.map((value, round) => combine(value, peer[round] ?? Number.NaN));
  return {
    value: combine(median(own), median(peer)),
    min: Math.min(...perRound),
    max: Math.max(...perRound),
  };
}

/** The middle value, or the mean of the middle two. @throws RangeError for no values */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined)
    throw new RangeError('the median of no values was asked for');
  return (lower + upper) / 2;
}
