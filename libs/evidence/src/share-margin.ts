/** Chance that one check of a share fails though the traffic is as the weights say: one in a million. */
export const falseAlarmProbability = 1e-6;

/**
 * How far a count may be from its mean when each of `requests` went to a version by chance `probability`, so that a larger
 * distance has at most the false-alarm probability: Bernstein’s inequality, P(|X − np| >= t) <= 2 exp(−t² / (2 (np(1−p) + t/3))).
 * It holds for any number of requests; nothing is approximated. 0 where chance has no part.
 */
export function shareMargin(requests: number, probability: number): number {
  const variance = requests * probability * (1 - probability);
  if (variance === 0) return 0;
  const logarithm = Math.log(2 / falseAlarmProbability);
  return logarithm / 3 + Math.sqrt((logarithm / 3) ** 2 + 2 * logarithm * variance);
}
