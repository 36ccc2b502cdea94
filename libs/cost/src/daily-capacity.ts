import { type Environment, capacityFacts } from '@tideline/config';
import { type SimulationPoint, simulate } from '@tideline/scaling';
import type { DailyLoad } from './usage.ts';

const daySeconds = 86_400;
const stepSeconds = 60;
const stepsPerDay = daySeconds / stepSeconds;

/** Capacity over one day of many equal ones. */
export interface DailyCapacity {
  /** Tasks or instances that are billed, on average: those that run, start, or drain. */
  readonly averageUnits: number;
  /** Most of them at one time. */
  readonly peakUnits: number;
}

/** A bill is about instances that have all of their vCPUs, which one machine has not. */
const atFullSize = (environment: Environment): Environment => ({
  ...environment,
  assumptions: {
    ...environment.assumptions,
    instanceCpuUnits: capacityFacts(environment).cpuUnitsAtAws,
  },
});

/**
 * What scaling makes of a day with load around noon, by `simulate` of libs/scaling. The day before, equal to it, is
 * simulated as well, so that what it leaves behind is there.
 */
export function dailyCapacity(
  environment: Environment,
  { requestsPerSecond, hoursPerDay }: DailyLoad,
): DailyCapacity {
  const loadSteps = Math.round((hoursPerDay * 3600) / stepSeconds);
  const firstStep = Math.floor((stepsPerDay - loadSteps) / 2);
  const day = Array.from({ length: stepsPerDay }, (_, step) =>
    step >= firstStep && step < firstStep + loadSteps ? requestsPerSecond : 0,
  );
  const { points } = simulate({ stepSeconds, requestsPerSecond: [...day, ...day] }, atFullSize(environment), {
    sampleEverySeconds: Infinity,
    // Forecasts are those of equal days, whatever hours the description has for one machine.
    history: { stepSeconds, requestsPerSecond: day },
  });
  const drainSeconds = environment.loadBalancer.deregistrationDelaySeconds;
  let unitSeconds = 0;
  let peakUnits = 0;
  for (const [index, point] of points.entries()) {
    const next = points[index + 1];
    if (next === undefined || next.seconds <= daySeconds) continue;
    const units = billedUnits(point);
    peakUnits = Math.max(peakUnits, units);
    unitSeconds += units * (next.seconds - Math.max(point.seconds, daySeconds));
    unitSeconds += Math.max(0, units - billedUnits(next)) * drainSeconds;
  }
  return { averageUnits: unitSeconds / daySeconds, peakUnits };
}

/** Those that are on their way up are billed as those that run are. */
const billedUnits = ({ running, desired }: SimulationPoint): number => Math.max(running, desired);
