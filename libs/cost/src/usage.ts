import { hoursPerMonth } from '@tideline/config';
import type { CostAssumptions } from './cost-assumptions.ts';

export { hoursPerMonth };
export const daysPerMonth = hoursPerMonth / 24;
export const secondsPerHour = 3600;
export const bytesPerGigabyte = 1e9;

/** Requests that come in, the same each day. */
export interface DailyLoad {
  /** Requests per second while there is load. */
  readonly requestsPerSecond: number;
  /** Hours a day with load, 0 to 24; the rest is idle. */
  readonly hoursPerDay: number;
}

/** How much of an environment is used in a month. */
export interface Usage extends DailyLoad {
  /** Tasks or instances that are billed, on average over the month. */
  readonly averageUnits: number;
  readonly assumptions: CostAssumptions;
}

/** Requests of a month. */
export const monthlyRequests = ({ requestsPerSecond, hoursPerDay }: DailyLoad): number =>
  requestsPerSecond * secondsPerHour * hoursPerDay * daysPerMonth;

/** Gigabytes of a month at so many bytes for each request. */
export const monthlyGigabytes = (load: DailyLoad, bytesPerRequest: number): number =>
  (monthlyRequests(load) * bytesPerRequest) / bytesPerGigabyte;
