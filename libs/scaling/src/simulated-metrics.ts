import { type Environment, type PolicyMetric, customKey, metricReference } from '@tideline/config';
import type { CustomSeries, SimulationOptions } from './simulation.ts';

/** The load on a service that holds for some time. */
export interface LoadLevel {
  readonly requestsPerSecond: number;
  readonly running: number;
}

/** Models a metric: adds up stretches of even load, and yields a value at the end of each period. */
export interface MetricModel {
  readonly add: (level: LoadLevel, seconds: number) => void;
  /** The value of the period that ends now, or undefined where CloudWatch would have none; then starts over. */
  readonly close: (endSeconds: number) => number | undefined;
}

export interface SimulatedMetric {
  readonly key: string;
  readonly periodSeconds: number;
  readonly model: MetricModel;
}

/** A model for each metric that a policy of the environment watches, the addends of a sum one by one. */
export function simulatedMetrics(
  environment: Environment,
  options: SimulationOptions,
): readonly SimulatedMetric[] {
  const metrics = new Map<string, SimulatedMetric>();
  const custom = (key: string) => customModel(options.customMetrics?.[key], options.loadStartsAtSeconds ?? 0);
  for (const policy of environment.scaling.policies) {
    if (policy.type === 'scheduled') continue;
    const { metric } = policy;
    const { key, periodSeconds } = metricReference(metric, environment);
    if (metric.kind === 'sum') {
      for (const addend of metric.metrics.map(customKey))
        metrics.set(addend, { key: addend, periodSeconds, model: custom(addend) });
      continue;
    }
    const model = metric.kind === 'custom' ? custom(key) : loadModel(metric.kind, environment, options);
    metrics.set(key, { key, periodSeconds, model });
  }
  return [...metrics.values()];
}

/** CPU utilisation of each task, percent, at most 100. */
export function cpuPercent(environment: Environment, options: SimulationOptions) {
  const { overheadCpuMillisecondsPerRequest = 0.5, idleCpuPercent = 1 } = options;
  const milliseconds = environment.container.cpuMillisecondsPerRequest + overheadCpuMillisecondsPerRequest;
  const percentPerRequestRate = milliseconds / 10 / (environment.compute.cpuUnits / 1024);
  return ({ requestsPerSecond, running }: LoadLevel): number =>
    Math.min(100, idleCpuPercent + (requestsPerSecond * percentPerRequestRate) / running);
}

function loadModel(
  kind: Exclude<PolicyMetric['kind'], 'custom' | 'sum'>,
  environment: Environment,
  options: SimulationOptions,
): MetricModel {
  switch (kind) {
    case 'requests-per-target':
      return requestsModel(environment.assumptions.idleRequests);
    case 'cpu': {
      const cpu = cpuPercent(environment, options);
      return averageModel((level) => (level.running > 0 ? cpu(level) : null));
    }
    case 'memory': {
      const { memoryPercent = 30 } = options;
      return averageModel(({ running }) => (running > 0 ? memoryPercent : null));
    }
    case 'response-time':
      return responseTimeModel(cpuPercent(environment, options), options);
  }
}

/** Requests per target in the period; with no task at all, the requests that came, as the demand of one target. */
function requestsModel(idleRequests: 'zero' | 'missing'): MetricModel {
  let perTarget = 0;
  return {
    add: ({ requestsPerSecond, running }, seconds) => {
      perTarget += (requestsPerSecond * seconds) / Math.max(1, running);
    },
    close: () => {
      const value = perTarget === 0 && idleRequests === 'missing' ? undefined : perTarget;
      perTarget = 0;
      return value;
    },
  };
}

/** Average over the time in which the value exists. */
function averageModel(valueAt: (level: LoadLevel) => number | null): MetricModel {
  let weighted = 0;
  let weight = 0;
  return {
    add: (level, seconds) => {
      const value = valueAt(level);
      if (value === null) return;
      weighted += value * seconds;
      weight += seconds;
    },
    close: () => {
      const value = weight === 0 ? undefined : weighted / weight;
      weighted = 0;
      weight = 0;
      return value;
    },
  };
}

/** Average over requests, in seconds; a balancer without answered requests reports none. */
function responseTimeModel(
  cpu: (level: LoadLevel) => number,
  { responseTimeMilliseconds = 3.5 }: SimulationOptions,
): MetricModel {
  let totalSeconds = 0;
  let requests = 0;
  return {
    add: (level, seconds) => {
      if (level.running === 0) return;
      const headroom = Math.max(0.05, 1 - cpu(level) / 100);
      const count = level.requestsPerSecond * seconds;
      totalSeconds += (count * responseTimeMilliseconds) / 1000 / headroom;
      requests += count;
    },
    close: () => {
      const value = requests === 0 ? undefined : totalSeconds / requests;
      totalSeconds = 0;
      requests = 0;
      return value;
    },
  };
}

/** The value that holds when the period ends. */
function customModel(series: CustomSeries | undefined, startSeconds: number): MetricModel {
  return {
    add: () => undefined,
    close: (endSeconds) => {
      if (series === undefined) return undefined;
      const step = Math.ceil((endSeconds - startSeconds) / series.stepSeconds) - 1;
      return series.values[step] ?? undefined;
    },
  };
}
