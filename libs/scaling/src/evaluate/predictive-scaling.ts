import { type Forecast, forecastOf } from '../forecast/policy-forecaster.ts';
import { hourAt, hourSeconds, launchedHour } from '../plan/plan-predictive.ts';
import type { PlannedPredictive, ScalingPlan } from '../plan/plan.ts';
import { formatNumber } from './candidate.ts';
import type { ScalingDecision, ScalingInput } from './scaling-decision.ts';
import type { ScalingState } from './scaling-state.ts';

/** Capacity before forecasts have had their say. */
interface Capacity {
  readonly max: number;
  readonly desired: number;
}

interface PredictiveOutcome extends Capacity {
  /** Least capacity that a forecast asks for, before the maximum cuts it; 0 when none does. */
  readonly forecastMin: number;
  readonly decisions: readonly ScalingDecision[];
}

/**
 * Has the forecast as the least capacity of each hour, from the scheduling buffer before the hour until its end, so that the larger
 * of forecast and dynamic scaling applies. It scales out and never in: a forecast of less only lets other policies scale in
 * (EC2 Auto Scaling guide, how predictive scaling works). Cooldowns and the suspension of dynamic scaling do not concern it.
 * @returns null where no forecast begins to count now: what counted before still does
 */
export function applyForecasts(
  plan: ScalingPlan,
  state: ScalingState,
  { input, before }: { readonly input: ScalingInput; readonly before: Capacity },
): PredictiveOutcome | null {
  let outcome: PredictiveOutcome | null = null;
  for (const policy of plan.predictive) {
    if (policy.mode !== 'ForecastAndScale' || !isDue(policy, state, input.nowSeconds)) continue;
    const forecast = input.forecasts?.(policy.name) ?? null;
    if (forecast === null) continue;
    const { max, desired } = outcome ?? before;
    const decisions = outcome?.decisions ?? [];
    outcome = apply(policy, forecast, {
      outcome: { max, desired, decisions },
      unit: plan.unit,
      nowSeconds: input.nowSeconds,
    });
  }
  return outcome;
}

/** At the start of each hour, its buffer before that, and at once when there is a forecast for the first time. */
function isDue(policy: PlannedPredictive, state: ScalingState, nowSeconds: number): boolean {
  const last = state.evaluatedSeconds;
  return (
    state.forecastMin === null ||
    hourAt(policy.hours, nowSeconds) > hourAt(policy.hours, last) ||
    launchedHour(policy, nowSeconds) > launchedHour(policy, last)
  );
}

function apply(
  policy: PlannedPredictive,
  forecast: Forecast,
  {
    outcome,
    unit,
    nowSeconds,
  }: {
    readonly outcome: Omit<PredictiveOutcome, 'forecastMin'>;
    readonly unit: ScalingPlan['unit'];
    readonly nowSeconds: number;
  },
): PredictiveOutcome {
  const { hours, metric, target, maxCapacityBufferPercent: buffer } = policy;
  const [now, launched] = [hourAt(hours, nowSeconds), launchedHour(policy, nowSeconds)].map((hour) => {
    const startSeconds = hours.startSeconds + hour * hourSeconds;
    return { startSeconds, ...(forecastOf(forecast, startSeconds) ?? { load: 0, capacity: 0 }) };
  }) as [ForecastHour, ForecastHour];
  const wanted = launched.capacity > now.capacity ? launched : now;
  const forecastMin = wanted.capacity;
  // “If the buffer is 10, forecast capacity 50 and maximum capacity 40, then the effective maximum capacity is 55.”
  const room = buffer === null ? 0 : Math.ceil(forecastMin * (1 + buffer / 100) - 1e-9);
  const max = Math.max(outcome.max, room);
  const to = Math.max(outcome.desired, Math.min(forecastMin, max));
  if (to === outcome.desired) return { ...outcome, forecastMin, max };
  const decision = (): ScalingDecision => {
    const hour = new Date(hours.startedAt.getTime() + wanted.startSeconds * 1000).toISOString().slice(0, 16);
    const bound =
      forecastMin > max
        ? `held to the maximum of ${max}`
        : `from ${outcome.desired} to ${to} ${unit}s${max > outcome.max ? `, with the maximum raised from ${outcome.max} to ${max}` : ''}`;
    return {
      ...{ policy: policy.name, outcome: 'scaled', from: outcome.desired, to },
      cause: `predictive scaling policy ${policy.name} forecast a minimum capacity of ${forecastMin} for the hour from ${hour}Z`,
      reason: `${metric.key} is forecast to be ${formatNumber(wanted.load)} over all ${unit}s, which at a target of ${formatNumber(target)} asks for ${forecastMin}; ${bound}`,
    };
  };
  return { forecastMin, max, desired: to, decisions: [...outcome.decisions, decision()] };
}

interface ForecastHour {
  readonly startSeconds: number;
  readonly load: number;
  readonly capacity: number;
}
