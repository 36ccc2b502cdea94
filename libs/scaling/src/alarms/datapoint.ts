/** One value of a metric over one period, in the metric’s CloudWatch unit. A missing datapoint is absent. */
export interface Datapoint {
  /** Start of the period, cloud seconds. */
  readonly startSeconds: number;
  readonly value: number;
}

/** The datapoints of a metric by its key, ascending, as far as they are visible now. */
export type DatapointSource = (metricKey: string) => readonly Datapoint[];

/**
 * Metric math: one datapoint per period for which every series has one.
 * A period that is missing in any series is missing in the sum, never counted as zero.
 */
export function sumDatapoints(series: readonly (readonly Datapoint[])[]): readonly Datapoint[] {
  const [first, ...others] = series;
  if (first === undefined) return [];
  const lookups = others.map(
    (datapoints) => new Map(datapoints.map(({ startSeconds, value }) => [startSeconds, value])),
  );
  return first.flatMap(({ startSeconds, value }) => {
    let sum = value;
    for (const lookup of lookups) {
      const addend = lookup.get(startSeconds);
      if (addend === undefined) return [];
      sum += addend;
    }
    return [{ startSeconds, value: sum }];
  });
}
