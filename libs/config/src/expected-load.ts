import { capacityUnit } from './compute/compute-kinds.ts';
import type { Environment, LoadProfile, PolicyMetric } from './environment.ts';

/** Requests per second of the busiest stage with a rate; null when no stage has one. */
export function peakRequestsPerSecond(profile: LoadProfile): number | null {
  const rates = profile.stages.flatMap(({ requestsPerSecond }) => requestsPerSecond ?? []);
  return rates.length === 0 ? null : Math.max(...rates);
}

/** Most tasks that the service may ever have: its maximum, or a higher one that a scheduled action sets. */
export const highestCapacity = ({ capacity, scaling }: Environment): number =>
  Math.max(
    capacity.max,
    ...scaling.policies.flatMap((policy) => (policy.type === 'scheduled' ? (policy.maxCapacity ?? []) : [])),
  );

/** Share of the requests that go to `/`, the route that does CPU work; 0 to 1. */
function workShare({ endpoints }: LoadProfile): number {
  const total = endpoints.reduce((sum, { weight }) => sum + weight, 0);
  const work = endpoints
    .filter(({ path }) => path.split('?')[0] === '/')
    .reduce((sum, { weight }) => sum + weight, 0);
  return work / total;
}

/** CPU that a rate of requests keeps busy, in percent of one task’s share; null when requests do no CPU work. */
export function cpuPercentOfOneTask(
  environment: Environment,
  load: { readonly profile: LoadProfile; readonly requestsPerSecond: number },
): number | null {
  const { cpuMillisecondsPerRequest } = environment.container;
  if (cpuMillisecondsPerRequest === 0) return null;
  const busyMsPerSecond = load.requestsPerSecond * workShare(load.profile) * cpuMillisecondsPerRequest;
  const shareMsPerSecond = (capacityUnit(environment).cpuUnits / 1024) * 1000;
  return (busyMsPerSecond / shareMsPerSecond) * 100;
}

/** A policy’s metric at a rate and a task count, in CloudWatch’s unit; null when the load does not determine it. */
export function expectedMetric(
  metric: PolicyMetric,
  environment: Environment,
  at: { readonly profile: LoadProfile; readonly requestsPerSecond: number; readonly tasks: number },
): number | null {
  if (metric.kind === 'requests-per-target') return (at.requestsPerSecond * 60) / at.tasks;
  if (metric.kind !== 'cpu') return null;
  const total = cpuPercentOfOneTask(environment, at);
  return total === null ? null : total / at.tasks;
}
