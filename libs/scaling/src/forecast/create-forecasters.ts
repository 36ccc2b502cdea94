import { type Environment, forecastingPolicies } from '@tideline/config';
import { hourSeconds } from '../plan/plan-predictive.ts';
import type { ScalingPlan } from '../plan/plan.ts';
import type { LoadTrace, SimulationOptions } from '../simulate/simulation.ts';
import { historyLoads } from './history-loads.ts';
import { PolicyForecaster } from './policy-forecaster.ts';

/**
 * A forecaster for each predictive policy of a plan, which knows the load before second 0.
 * @param options the history, and what a request costs, as a simulation takes them; by default the hours of the description
 */
export function createForecasters(
  plan: ScalingPlan,
  environment: Environment,
  options: Pick<SimulationOptions, 'history' | 'overheadCpuMillisecondsPerRequest' | 'idleCpuPercent'> = {},
): readonly PolicyForecaster[] {
  const policies = new Map(forecastingPolicies(environment).map((policy) => [policy.name, policy]));
  return plan.predictive.map((planned) => {
    const policy = policies.get(planned.name);
    const requestsPerSecond =
      options.history === undefined
        ? environment.local.hourlyRequestsPerSecond
        : hourlyRates(options.history, planned.hours.startSeconds);
    return new PolicyForecaster(
      planned,
      policy === undefined ? [] : historyLoads(policy, environment, { ...options, requestsPerSecond }),
    );
  });
}

/**
 * Average rate of each whole hour of a trace that ends at second 0.
 * @param untilSeconds end of the last hour, at most 0: where the hour begins that second 0 is in
 * @returns oldest first, in requests per second
 */
export function hourlyRates(
  { stepSeconds, requestsPerSecond }: LoadTrace,
  untilSeconds: number,
): readonly number[] {
  const beginSeconds = -requestsPerSecond.length * stepSeconds;
  const whole = Math.max(0, Math.floor((untilSeconds - beginSeconds) / hourSeconds + 1e-9));
  const firstSeconds = untilSeconds - whole * hourSeconds;
  const rates = Array.from({ length: whole }, () => 0);
  for (const [step, rate] of requestsPerSecond.entries()) {
    let from = beginSeconds + step * stepSeconds;
    const end = from + stepSeconds;
    while (from < end) {
      const hour = Math.floor((from - firstSeconds) / hourSeconds + 1e-9);
      const until = Math.min(end, firstSeconds + (hour + 1) * hourSeconds);
      const sum = rates[hour];
      if (sum !== undefined) rates[hour] = sum + (rate * (until - from)) / hourSeconds;
      from = until;
    }
  }
  return rates;
}
