import { type PredictivePolicy, metricReference, targetValue } from '@tideline/config';
import type { PlanBuilder } from './plan-builder.ts';
import type { PlannedHours, PlannedPredictive } from './plan.ts';

export const hourSeconds = 3600;

/** Absorbs rounding of a clock that ought to stand exactly at an hour. */
const tolerance = 1e-9;

/** Plans a predictive policy, which has no alarm: its hours, its metric and what its forecast may do. */
export function planPredictive(policy: PredictivePolicy, builder: PlanBuilder): void {
  const { environment, startedAt } = builder;
  const intoHour = (startedAt.getTime() / 1000) % hourSeconds;
  builder.addPredictive({
    name: policy.name,
    metric: builder.measured(metricReference(policy.metric, environment)),
    target: targetValue(policy.metric),
    mode: policy.mode,
    schedulingBufferSeconds: policy.schedulingBufferTimeSeconds,
    maxCapacityBufferPercent: policy.maxCapacityBuffer,
    percentile: environment.assumptions.forecastPercentile,
    hours: { startedAt, startSeconds: intoHour === 0 ? 0 : -intoHour },
  });
}

/** The hour that a moment is in; hour 0 is the one of cloud second 0. */
export const hourAt = ({ startSeconds }: PlannedHours, seconds: number): number =>
  Math.floor((seconds - startSeconds) / hourSeconds + tolerance);

/** Hours, from hour 0 on, of which every datapoint is visible at this moment. */
export const visibleHours = ({ hours, metric }: PlannedPredictive, seconds: number): number =>
  Math.max(0, hourAt(hours, seconds - metric.lagSeconds));

/** The hour whose capacity is launched at this moment, or was last. */
export const launchedHour = (
  { hours, schedulingBufferSeconds }: PlannedPredictive,
  seconds: number,
): number => hourAt(hours, seconds + schedulingBufferSeconds);

/** The next moment at which a policy has something to do: an hour becomes visible, begins, or has its capacity launched. */
export function nextForecastSeconds(policy: PlannedPredictive, nowSeconds: number): number {
  const { hours, metric, schedulingBufferSeconds } = policy;
  const startOf = (hour: number): number => hours.startSeconds + hour * hourSeconds;
  return Math.min(
    startOf(visibleHours(policy, nowSeconds) + 1) + metric.lagSeconds,
    startOf(hourAt(hours, nowSeconds) + 1),
    startOf(launchedHour(policy, nowSeconds) + 1) - schedulingBufferSeconds,
  );
}
