import { nextForecastSeconds } from '../plan/plan-predictive.ts';
import type { PlannedMetric, ScalingPlan } from '../plan/plan.ts';

/** Absorbs rounding of a clock that ought to stand exactly at a period’s end. */
const tolerance = 1e-6;

const closedPeriods = ({ periodSeconds, lagSeconds }: PlannedMetric, seconds: number): number =>
  Math.floor((seconds - lagSeconds) / periodSeconds + tolerance);

/** Start of the newest period whose datapoint is visible at `seconds`. */
export const newestStartSeconds = (metric: PlannedMetric, seconds: number): number =>
  (closedPeriods(metric, seconds) - 1) * metric.periodSeconds;

/** Whether a datapoint has, or should have, become visible after `lastSeconds` and until `nowSeconds`. */
export const isDue = (metric: PlannedMetric, lastSeconds: number, nowSeconds: number): boolean =>
  closedPeriods(metric, nowSeconds) > closedPeriods(metric, lastSeconds);

/**
 * The next instant after `nowSeconds` at which something is due: the newest datapoint of some metric becomes visible
 * (end of its period plus the metric lag), a scheduled action runs, or a forecast is made or applied. Infinity when there is nothing to wait for.
 */
export function nextEvaluationSeconds(plan: ScalingPlan, nowSeconds: number): number {
  let next = Infinity;
  let before: PlannedMetric | null = null;
  for (const metric of plan.metrics) {
    // Metrics of one period have one lag.
    const isSame = before?.periodSeconds === metric.periodSeconds;
    before = metric;
    if (isSame) continue;
    const period = Math.max(1, closedPeriods(metric, nowSeconds) + 1);
    next = Math.min(next, period * metric.periodSeconds + metric.lagSeconds);
  }
  for (const { schedule } of plan.scheduledActions)
    next = Math.min(next, schedule.nextAfterSeconds(nowSeconds));
  for (const policy of plan.predictive) next = Math.min(next, nextForecastSeconds(policy, nowSeconds));
  return next;
}
