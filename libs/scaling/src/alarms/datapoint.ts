/** One value of a metric over one period, in the metric’s CloudWatch unit. A missing datapoint is absent. */
export interface Datapoint {
  /** Start of the period, cloud seconds. */
  readonly startSeconds: number;
  readonly value: number;
  /**
   * Tasks or instances that the value was worked out over, on average over the period: what a policy that holds a target
   * multiplies it by. Absent where it is not known: those that run at the evaluation stand in then.
   */
  readonly running?: number;
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
  return first.flatMap((datapoint) => {
    const { startSeconds, value } = datapoint;
    let sum = value;
    for (const lookup of lookups) {
      const addend = lookup.get(startSeconds);
      if (addend === undefined) return [];
      sum += addend;
    }
    return [{ ...datapoint, value: sum }];
  });
}
