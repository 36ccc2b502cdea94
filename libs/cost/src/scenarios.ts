import type { Environment, PriceTable } from '@tideline/config';
import type { CostAssumptions } from './cost-assumptions.ts';
import { type DailyCapacity, dailyCapacity } from './daily-capacity.ts';
import { type Estimate, estimate } from './estimate.ts';
import { roundUsd } from './line-item.ts';
import type { DailyLoad, Usage } from './usage.ts';

type ScenarioName = 'minimum' | 'typical' | 'maximum' | 'fixedFleet';

/** One way to use an environment, and what it costs. */
export interface Scenario extends DailyLoad, DailyCapacity, Estimate {}

/** USD a month less, and what share that is of what it would be otherwise. */
export interface Saving {
  readonly monthlyUsd: number;
  readonly percent: number;
}

export interface Scenarios {
  /**
   * - minimum: `capacity.min` around the clock, without a request
   * - typical: the load of each day, with the capacity that scaling makes of it
   * - maximum: `capacity.max` and the load, both around the clock
   * - fixedFleet: the load of each day with `capacity.max` around the clock, as if nothing scaled
   */
  readonly scenarios: Readonly<Record<ScenarioName, Scenario>>;
  /** What scaling saves against the fixed fleet: of the whole bill, and of what runs the service. */
  readonly saving: { readonly total: Saving; readonly compute: Saving };
}

export interface ScenarioInputs {
  readonly load: DailyLoad;
  readonly assumptions: CostAssumptions;
  readonly prices: PriceTable;
}

/** Costs of an environment from least to most. @throws ConfigurationError when a price is missing */
export function costScenarios(environment: Environment, inputs: ScenarioInputs): Scenarios {
  const { load, assumptions, prices } = inputs;
  const { min, max } = environment.capacity;
  const { requestsPerSecond, hoursPerDay } = load;
  const cost = (usage: DailyLoad & DailyCapacity): Scenario => {
    const { averageUnits, peakUnits } = usage;
    const full: Usage = {
      averageUnits,
      requestsPerSecond: usage.requestsPerSecond,
      hoursPerDay: usage.hoursPerDay,
      assumptions,
    };
    return { ...estimate(environment, full, prices), ...usage, peakUnits };
  };
  const around = (units: number): DailyCapacity => ({ averageUnits: units, peakUnits: units });
  const daily = { requestsPerSecond, hoursPerDay };
  const scenarios = {
    minimum: cost({ ...around(min), requestsPerSecond: 0, hoursPerDay: 0 }),
    typical: cost({ ...dailyCapacity(environment, daily), ...daily }),
    maximum: cost({ ...around(max), requestsPerSecond, hoursPerDay: 24 }),
    fixedFleet: cost({ ...around(max), ...daily }),
  };
  const { typical, fixedFleet } = scenarios;
  return {
    scenarios,
    saving: {
      total: saving(typical.monthlyUsd, fixedFleet.monthlyUsd),
      compute: saving(typical.computeUsd, fixedFleet.computeUsd),
    },
  };
}

const saving = (scaledUsd: number, fixedUsd: number): Saving => ({
  monthlyUsd: roundUsd(fixedUsd - scaledUsd),
  percent: fixedUsd === 0 ? 0 : (1 - scaledUsd / fixedUsd) * 100,
});
