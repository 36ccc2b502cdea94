import type { AlarmChange, ScalingDecision } from '../evaluate/scaling-decision.ts';
import type { PolicyForecasts } from '../forecast/policy-forecaster.ts';

/** Load over time: a rate for each step, held for the whole step. */
export interface LoadTrace {
  readonly stepSeconds: number;
  readonly requestsPerSecond: readonly number[];
}

/** A metric that the simulator has no model for. */
export interface CustomSeries {
  /** How long each value holds, from the start of the load on. */
  readonly stepSeconds: number;
  /** In the metric’s own unit; null is a missing datapoint. */
  readonly values: readonly (number | null)[];
}

/** The models of a simulation where it is given none. */
export const simulationDefaults = {
  overheadCpuMillisecondsPerRequest: 0.5,
  idleCpuPercent: 1,
  memoryPercent: 30,
  responseTimeMilliseconds: 3.5,
} as const;

/**
 * The models behind a simulation. Each is an assumption, unless a run has measured it: `measuredModels` of libs/evidence
 * takes those of CPU, memory and response time out of a run record, under the same names.
 */
export interface SimulationOptions {
  /**
   * When the load begins, cloud seconds; before it there is none. Metric periods begin at second 0, so 30 starts a
   * load in mid-period. Default: 0.
   */
  readonly loadStartsAtSeconds?: number;
  /** Time without load that is simulated after the trace, seconds. Default: 0. */
  readonly tailSeconds?: number;
  /**
   * Load before second 0, at which it ends: what predictive policies forecast from, up to 14 days. Default: the hours of
   * `local.hourlyRequestsPerSecond`.
   */
  readonly history?: LoadTrace;
  /** Calendar instant of cloud second 0, for schedules and forecasts. Default: `local.startsAt`. */
  readonly startedAt?: Date;
  /** Picks the start times of tasks inside `assumptions.taskStartSeconds`; the same seed, the same run. Default: 1. */
  readonly seed?: number;
  /**
   * Distance of the sampled points; each change of desired or running is a point as well. Infinity: only those.
   * Default: 60, or as much as leaves 1,500 points over the whole run.
   */
  readonly sampleEverySeconds?: number;
  /** CPU time of a request beyond `container.cpuMillisecondsPerRequest`: HTTP, logging. Default: 0.5. */
  readonly overheadCpuMillisecondsPerRequest?: number;
  /** CPU utilisation of a task without requests, percent. Default: 1. */
  readonly idleCpuPercent?: number;
  /** Memory utilisation, percent, whatever the load. Default: 30. */
  readonly memoryPercent?: number;
  /**
   * Response time of an idle task, milliseconds; it grows as 1 / (1 - CPU utilisation), up to twentyfold, and every
   * statistic is given this one value. Default: 3.5.
   */
  readonly responseTimeMilliseconds?: number;
  /** Custom metrics by metric key (`metricKey` of libs/config); one that is not given has no datapoints. */
  readonly customMetrics?: Readonly<Record<string, CustomSeries>>;
}

export interface SimulationPoint {
  readonly seconds: number;
  readonly desired: number;
  readonly running: number;
  /** EC2 instances that run, those that boot or wait running in a warm pool included; 0 where there are none of ours. */
  readonly instances: number;
  /** Stopped or hibernated EC2 instances of a warm pool. */
  readonly stopped: number;
  readonly requestsPerSecond: number;
}

export interface Simulation {
  readonly durationSeconds: number;
  readonly points: readonly SimulationPoint[];
  readonly decisions: readonly (ScalingDecision & { readonly seconds: number })[];
  readonly alarmChanges: readonly (Omit<AlarmChange, 'explain'> & { readonly seconds: number })[];
  readonly peakRunning: number;
  readonly finalRunning: number;
  readonly peakDesired: number;
  readonly finalDesired: number;
  /** Running tasks summed over time: what compute is billed by. */
  readonly taskSeconds: number;
  /** EC2 instances while they run, from their launch or start on, summed over time: what these are billed by. */
  readonly instanceSeconds: number;
  /** Stopped or hibernated EC2 instances summed over time: their volumes alone are billed. */
  readonly stoppedInstanceSeconds: number;
  readonly requests: number;
  /** What each predictive policy has forecast; left out where there is none. */
  readonly forecasts?: readonly PolicyForecasts[];
}
