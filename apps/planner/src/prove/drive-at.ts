import { type Environment, metricReference } from '@tideline/config';
import { type Capacity, type Trace, withSettings } from '@tideline/planner';
import { simulationDefaults } from '@tideline/scaling';

/** Traffic at the rates at which one machine drives it. */
export interface DrivenTraffic {
  readonly environment: Environment;
  readonly trace: Trace;
  readonly capacity: Capacity;
  /** What rates, what a unit carries, and targets in requests were multiplied by. */
  readonly factor: number;
}

/** Requests per second that the process of a load runner and a few tasks bear on a small machine. */
export const defaultPeak = 200;

type Policies = Environment['scaling']['policies'];

/**
 * Multiplies rates by a factor and, so that the counts of units stay the same, what a unit carries and targets and thresholds
 * in requests by the same one, and divides the CPU time of a request by it. 1 where the rates are low enough.
 * @param peak highest rate that is driven, requests per second, above 0
 */
export function driveAt(
  { environment, trace, capacity }: Omit<DrivenTraffic, 'factor'>,
  peak: number,
): DrivenTraffic {
  const highest = trace.requestsPerSecond.reduce((most, rate) => Math.max(most, rate), 0);
  const factor = highest > peak ? peak / highest : 1;
  if (factor === 1) return { environment, trace, capacity, factor };
  const { value, low, high } = capacity.requestsPerSecond;
  const cpu = capacity.cpuMillisecondsPerRequest;
  return {
    environment: {
      ...withSettings(environment, {
        capacity: environment.capacity,
        policies: policiesAt(environment, factor),
      }),
      local: {
        ...environment.local,
        hourlyRequestsPerSecond: environment.local.hourlyRequestsPerSecond.map((rate) =>
          rate === null ? null : rate * factor,
        ),
      },
      container: { ...environment.container, cpuMillisecondsPerRequest: cpuAt(environment, cpu, factor) },
    },
    trace: { ...trace, requestsPerSecond: trace.requestsPerSecond.map((rate) => rate * factor) },
    capacity: {
      ...capacity,
      requestsPerSecond: { value: value * factor, low: low * factor, high: high * factor },
      cpuMillisecondsPerRequest: cpu === null ? null : cpu / factor,
    },
    factor,
  };
}

/** HTTP and logging cost the same whatever the rate, so the rest of a request makes up for them; in whole milliseconds. */
function cpuAt({ container }: Environment, measured: number | null, factor: number): number {
  const own = container.cpuMillisecondsPerRequest;
  const overhead = measured === null ? simulationDefaults.overheadCpuMillisecondsPerRequest : measured - own;
  return Math.max(0, Math.round((own + overhead) / factor - overhead));
}

function policiesAt(environment: Environment, factor: number): Policies {
  return environment.scaling.policies.map((policy) => {
    if (!('metric' in policy)) return policy;
    const { metric } = policy;
    if ('requestsPerTargetPerMinute' in metric)
      return {
        ...policy,
        metric: { ...metric, requestsPerTargetPerMinute: metric.requestsPerTargetPerMinute * factor },
      } as typeof policy;
    if (!('alarm' in policy) || !countsRequests(metric, environment)) return policy;
    const bound = (value: number | null): number | null => (value === null ? null : value * factor);
    return {
      ...policy,
      alarm: { ...policy.alarm, threshold: policy.alarm.threshold * factor },
      steps: policy.steps.map((step) => ({
        ...step,
        lowerBound: bound(step.lowerBound),
        upperBound: bound(step.upperBound),
      })),
    };
  });
}

const countsRequests = (metric: Parameters<typeof metricReference>[0], environment: Environment): boolean =>
  metricReference(metric, environment).metrics[0]?.metricName === 'RequestCountPerTarget';
