import type { Environment, PriceTable } from '@tideline/config';
import { defaultCostAssumptions } from './cost-assumptions.ts';
import { estimate } from './estimate.ts';
import { hoursPerMonth } from './usage.ts';

/**
 * What one task or instance more costs for an hour, USD: how much the compute of an environment costs at `capacity.max` above what
 * it costs at `capacity.min`, for each unit between. Tasks on instances of their own cost their share of those.
 * @throws ConfigurationError when the table has no price for the session store’s node type
 */
export function unitHourUsd(environment: Environment, prices: PriceTable): number {
  const { min, max } = environment.capacity;
  const least = max > min ? min : max - 1;
  const monthly = (averageUnits: number): number =>
    estimate(
      environment,
      { averageUnits, requestsPerSecond: 0, hoursPerDay: 0, assumptions: defaultCostAssumptions },
      prices,
    ).computeUsd;
  return Math.max(0, (monthly(max) - monthly(least)) / (max - least) / hoursPerMonth);
}
