import type { Objective } from './capacity.ts';
import { type CpuModel, cpuModel } from './cpu-model.ts';
import type { RateInterval } from './knee-interval.ts';

/** What a running service did in one period. */
export interface ObservedPeriod {
  /** Requests of all units together, per second. */
  readonly requestsPerSecond: number;
  /** Tasks or instances that shared them, on average. */
  readonly units: number;
  /** Mean of the units, of what they reserve; null without a datapoint. */
  readonly cpuPercent: number | null;
  /** At the objective’s percentile; null without a datapoint. */
  readonly latencyMilliseconds: number | null;
  readonly failedPercent: number;
}

/** What history says of one unit. */
export interface ObservedCapacity {
  readonly requestsPerSecond: RateInterval;
  /** bins: it was seen on both sides of the knee. lower-bound: only below. */
  readonly method: 'bins' | 'lower-bound';
  readonly limitedBy: 'latency' | 'errors' | 'not-reached';
  readonly cpu: CpuModel | null;
  /** Periods with requests, running units and a latency. */
  readonly periods: number;
}

/** Rates of one bin are within this ratio. */
const binRatio = 1.05;
/** Fewer periods than this say nothing of a bin: a deployment or a pause can be behind one or two. */
const fewestPeriods = 3;

/**
 * What one unit carried, out of what a running service did: periods are sorted into bins of the rate per unit, each 5 % wide. A
 * bin of three periods or more holds when most of its periods meet the objective. With a bin above the highest that holds in
 * which most do not, the knee lies between the two; else the service never came near it, and the highest rate that three
 * periods held at or above is a lower bound.
 *
 * @param highestCpuPercent most CPU that a unit can get, percent of what it reserves
 * @returns null where no bin holds
 */
export function observedCapacity(
  observed: readonly ObservedPeriod[],
  objective: Objective,
  highestCpuPercent: number,
): ObservedCapacity | null {
  const periods = observed.flatMap((period) =>
    period.units > 0 && period.requestsPerSecond > 0
      ? [{ ...period, rate: period.requestsPerSecond / period.units }]
      : [],
  );
  const judged = periods.flatMap((period) =>
    period.latencyMilliseconds === null ? [] : [{ rate: period.rate, broke: whatBroke(period, objective) }],
  );
  const bins = binsOf(judged).filter((bin) => bin.length >= fewestPeriods);
  const holds = bins.map((bin) => bin.filter(({ broke }) => broke === null).length * 2 > bin.length);
  const highestHeld = holds.lastIndexOf(true);
  if (highestHeld === -1) return null;
  const cpu = cpuModel(
    periods.flatMap(({ rate, cpuPercent }) =>
      cpuPercent === null ? [] : [{ requestsPerSecond: rate, cpuPercent }],
    ),
    highestCpuPercent,
  );
  const shared = { cpu, periods: judged.length };
  const broken = bins[highestHeld + 1];
  if (broken === undefined) {
    const held = judged.filter(({ broke }) => broke === null).map(({ rate }) => rate);
    const value = held.sort((left, right) => right - left)[fewestPeriods - 1] ?? 0;
    const requestsPerSecond = { value, low: value, high: value };
    return { ...shared, requestsPerSecond, method: 'lower-bound', limitedBy: 'not-reached' };
  }
  const low = Math.min(...(bins[highestHeld] ?? []).map(({ rate }) => rate));
  const high = Math.max(...broken.map(({ rate }) => rate));
  const errors = broken.filter(({ broke }) => broke === 'errors').length;
  const latency = broken.filter(({ broke }) => broke === 'latency').length;
  return {
    ...shared,
    requestsPerSecond: { value: Math.sqrt(low * high), low, high },
    method: 'bins',
    limitedBy: errors > latency ? 'errors' : 'latency',
  };
}

function whatBroke(
  { latencyMilliseconds, failedPercent }: ObservedPeriod,
  objective: Objective,
): 'latency' | 'errors' | null {
  if (failedPercent > objective.failedPercent) return 'errors';
  return (latencyMilliseconds ?? 0) > objective.latencyMilliseconds ? 'latency' : null;
}

/** Bins that have any, by rate. */
function binsOf<Judged extends { readonly rate: number }>(judged: readonly Judged[]): Judged[][] {
  const bins = new Map<number, Judged[]>();
  for (const one of judged) {
    const index = Math.floor(Math.log(one.rate) / Math.log(binRatio));
    const bin = bins.get(index);
    if (bin === undefined) bins.set(index, [one]);
    else bin.push(one);
  }
  return [...bins].sort(([left], [right]) => left - right).map(([, bin]) => bin);
}
