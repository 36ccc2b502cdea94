export {
  type CostAssumptionName,
  type CostAssumptions,
  costAssumptionNames,
  costAssumptionsSchema,
  defaultCostAssumptions,
  readCostAssumptions,
} from './cost-assumptions.ts';
export { costRemarks } from './cost-remarks.ts';
export type { DailyCapacity } from './daily-capacity.ts';
export { type Estimate, estimate } from './estimate.ts';
export type { CostPart, LineItem } from './line-item.ts';
export { type TypicalLoad, defaultHoursPerDay, typicalLoad } from './load.ts';
export { type Comparison, compareReference } from './reference/compare-reference.ts';
export { type Saving, type Scenario, type Scenarios, costScenarios } from './scenarios.ts';
export { unitHourUsd } from './unit-hour-usd.ts';
export { type DailyLoad, type Usage, hoursPerMonth } from './usage.ts';
