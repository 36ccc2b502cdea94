import type { EnvironmentInput } from '@tideline/config';
import { environmentWith, trackRequests } from './scenario.ts';
import { type LoadTrace, type Simulation, randomFrom } from '../src/index.ts';

type PolicyInput = NonNullable<NonNullable<EnvironmentInput['scaling']>['policies']>[number];
type PredictiveInput = Extract<PolicyInput, { type: 'predictive' }>;

const metric = { kind: 'requests-per-target', requestsPerTargetPerMinute: 600 } as const;

/** Follows 600 requests a minute of each task: 10 a second. */
export const track = trackRequests(metric.requestsPerTargetPerMinute);

export const predict = (over: Partial<PredictiveInput> = {}): PredictiveInput => ({
  ...{ type: 'predictive', name: 'ahead', metric, mode: 'ForecastAndScale' },
  ...over,
});

/** Two to forty tasks of 10 requests a second each. */
export const predicted = (policies: readonly PolicyInput[], rest: Partial<EnvironmentInput> = {}) =>
  environmentWith(policies, {
    capacity: { min: 2, max: 40, desired: 2 },
    ...rest,
    assumptions: { metricLagSeconds: 168, ...rest.assumptions },
  });

/** Two weeks in minutes, and the two weeks after them. */
export function fortnights(rate: (minute: number, random: () => number) => number, seed = 1) {
  const random = randomFrom(seed);
  const minutes = 14 * 24 * 60;
  const rates = Array.from({ length: 2 * minutes }, (_, minute) => Math.max(0, rate(minute, random)));
  const trace = (part: readonly number[]): LoadTrace => ({ stepSeconds: 60, requestsPerSecond: part });
  return { history: trace(rates.slice(0, minutes)), load: trace(rates.slice(minutes)) };
}

/** Share of the requests that came at a rate above what the tasks that ran could carry, of 10 a second each; 0 to 1. */
export function shareAboveCapacity({ requestsPerSecond }: LoadTrace, { points }: Simulation): number {
  let [above, total, place] = [0, 0, 0];
  for (const [minute, rate] of requestsPerSecond.entries()) {
    while ((points[place + 1]?.seconds ?? Infinity) <= minute * 60 + 30) place += 1;
    above += Math.max(0, rate - 10 * (points[place]?.running ?? 0));
    total += rate;
  }
  return above / total;
}
