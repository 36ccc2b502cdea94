import { type RunRecord, isScaleIn, isScaleOut } from '@tideline/evidence';
import type { Interval } from './time-scale.ts';

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
