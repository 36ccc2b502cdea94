/** A point that a line goes by. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
}

/** More points than this are thinned out, evenly by x: the slopes of 500,000 pairs are enough. */
const mostPoints = 1000;

/**
 * A line by the weighted median of the slopes of all pairs (Theil 1950, Sen 1968), each weighted by the distance of its points
 * (Sievers 1978: points that lie close together say little of a slope), and the median of what is left as its intercept. A
 * fifth of the points may be anything at all: two weeks of minutes always have some, from deployments and other work.
 * @returns null when all points have the same x, or there are fewer than two
 */
export function robustLine(
  points: readonly LinePoint[],
): { readonly slope: number; readonly intercept: number } | null {
  const sorted = points.toSorted((left, right) => left.x - right.x);
  const used =
    sorted.length <= mostPoints
      ? sorted
      : Array.from(
          { length: mostPoints },
          (_, index) => sorted[Math.round((index * (sorted.length - 1)) / (mostPoints - 1))],
        ).filter((point) => point !== undefined);
  const slopes: { readonly slope: number; readonly weight: number }[] = [];
  for (const [index, left] of used.entries())
    for (const right of used.slice(index + 1))
      if (right.x > left.x)
        slopes.push({ slope: (right.y - left.y) / (right.x - left.x), weight: right.x - left.x });
  const slope = weightedMedian(slopes);
  if (slope === null) return null;
  return { slope, intercept: median(used.map(({ x, y }) => y - slope * x)) ?? 0 };
}

function weightedMedian(slopes: { readonly slope: number; readonly weight: number }[]): number | null {
  slopes.sort((left, right) => left.slope - right.slope);
  const half = slopes.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let below = 0;
  return slopes.find(({ weight }) => (below += weight) >= half)?.slope ?? null;
}

/** The middle value, or the mean of the two in the middle; null when there is none. */
export function median(values: readonly number[]): number | null {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return null;
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? NaN;
  return (lower + upper) / 2;
}
