/** A rate with its 95 % confidence interval, requests per second. */
export interface RateInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % points of Student’s t by degrees of freedom, from 1 (NIST/SEMATECH e-Handbook, 1.3.6.7.2). */
const studentT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
];
/** Beyond the table, the value at its end: a little too wide. */
const t95 = (degrees: number): number => studentT[Math.min(degrees, studentT.length) - 1] ?? Infinity;

/**
 * The knee out of its crossings, by the up-and-down method (Dixon and Mood 1948): the load goes up one step where the
 * objective holds and down one where it does not; each turn lies between two neighbouring rates, and marks the knee there.
 * Turns are taken in pairs of a peak and a valley (Wetherill and Levitt 1965), whose means are nearly independent; their mean
 * and t interval, in logarithms, are the answer. Half a step is added on both sides: closer than its grid nothing was seen.
 *
 * @param turns rates in the middle of each turn, in order, requests per second
 * @param resolution relative distance of neighbouring rates, such as 0.04
 * @returns null with fewer than two pairs
 */
export function kneeInterval(turns: readonly number[], resolution: number): RateInterval | null {
  const pairs: number[] = [];
  for (let index = 0; index + 1 < turns.length; index += 2)
    pairs.push((Math.log(turns[index] ?? NaN) + Math.log(turns[index + 1] ?? NaN)) / 2);
  if (pairs.length < 2) return null;
  const mean = pairs.reduce((sum, one) => sum + one, 0) / pairs.length;
  const variance = pairs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (pairs.length - 1);
  const half = t95(pairs.length - 1) * Math.sqrt(variance / pairs.length) + Math.log(1 + resolution) / 2;
  return { value: Math.exp(mean), low: Math.exp(mean - half), high: Math.exp(mean + half) };
}

/** Half the interval’s width over its value. */
export const halfWidth = ({ value, low, high }: RateInterval): number => (high - low) / 2 / value;
