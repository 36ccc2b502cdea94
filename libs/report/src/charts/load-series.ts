import { type RunRecord, isScaleIn, isScaleOut } from '@tideline/evidence';
import type { Interval } from './time-scale.ts';

export type LoadPoint = RunRecord['load']['series'][number];

/**
 * At most `most` points, in order of time. Neighbours are joined by their worst: percentiles cannot be averaged,
 * and a peak must not vanish; rates are averaged and failures added up.
 */
export function thinSeries(series: readonly LoadPoint[], most: number): readonly LoadPoint[] {
  const sorted = series.toSorted((one, other) => one.cloudSeconds - other.cloudSeconds);
  const joined = Math.ceil(sorted.length / most);
  if (joined <= 1) return sorted;
  return Array.from({ length: Math.ceil(sorted.length / joined) }, (_, index) =>
    join(sorted.slice(index * joined, (index + 1) * joined)),
  );
}

const join = (points: readonly LoadPoint[]): LoadPoint => ({
  cloudSeconds: points[0]?.cloudSeconds ?? 0,
  requestsPerSecond: points.reduce((sum, point) => sum + point.requestsPerSecond / points.length, 0),
  failures: points.reduce((sum, { failures }) => sum + failures, 0),
  p50Ms: points.reduce((worst, { p50Ms }) => Math.max(worst, p50Ms), 0),
  ...worstP95(points),
  p99Ms: points.reduce((worst, { p99Ms }) => Math.max(worst, p99Ms), 0),
});

/** Nothing where a point does not say. */
const worstP95 = (points: readonly LoadPoint[]): Pick<LoadPoint, 'p95Ms'> =>
  points.some(({ p95Ms }) => p95Ms === undefined)
    ? {}
    : { p95Ms: points.reduce((worst, { p95Ms = 0 }) => Math.max(worst, p95Ms), 0) };

/** The load, and whatever of its series lies outside. */
export function loadSpan({ load }: RunRecord): Interval {
  const moments = load.series.map(({ cloudSeconds }) => cloudSeconds);
  return {
    fromCloudSeconds: moments.reduce((first, moment) => Math.min(first, moment), load.fromCloudSeconds),
    toCloudSeconds: moments.reduce((last, moment) => Math.max(last, moment), load.toCloudSeconds),
  };
}

/** More points than a chart has pixels for. */
export const mostPoints = 600;

/** From the first thing that was seen of the run to the last. */
export function runSpan({ load, scaling }: RunRecord): Interval {
  const moments = [
    load.toCloudSeconds,
    ...scaling.timeline.map(({ cloudSeconds }) => cloudSeconds),
    ...scaling.activities.map(({ cloudSeconds }) => cloudSeconds),
    ...scaling.metrics.flatMap(({ datapoints, periodSeconds }) =>
      datapoints.map(({ cloudSeconds }) => cloudSeconds + periodSeconds),
    ),
  ];
  return {
    fromCloudSeconds: Math.max(
      0,
      scaling.timeline.reduce(
        (first, { cloudSeconds }) => Math.min(first, cloudSeconds),
        load.fromCloudSeconds,
      ),
    ),
    toCloudSeconds: moments.reduce((last, moment) => Math.max(last, moment), load.fromCloudSeconds),
  };
}

/** From the start of the load to its end, or to the last change of the task count where that came later. */
export const eventfulSpan = ({ load, scaling }: RunRecord): Interval => ({
  fromCloudSeconds: load.fromCloudSeconds,
  toCloudSeconds: scaling.activities
    .filter((activity) => isScaleOut(activity) || isScaleIn(activity))
    .reduce((last, { cloudSeconds }) => Math.max(last, cloudSeconds), load.toCloudSeconds),
});
