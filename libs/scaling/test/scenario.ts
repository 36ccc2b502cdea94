import { type EnvironmentInput, resolveEnvironment } from '@tideline/config';
import {
  type Datapoint,
  type ScalingOutcome,
  type ScalingPlan,
  type ScalingState,
  type WarmupCounts,
  evaluateScaling,
  initialScalingState,
  planScaling,
} from '../src/index.ts';

export const cpuKey = 'AWS/ECS/CPUUtilization/Average';
export const memoryKey = 'AWS/ECS/MemoryUtilization/Average';
export const requestsKey = 'AWS/ApplicationELB/RequestCountPerTarget/Sum';

type PolicyInput = NonNullable<NonNullable<EnvironmentInput['scaling']>['policies']>[number];

/** An environment with these policies, without metric lag: what a minute shows is seen when it ends. */
export const environmentWith = (policies: readonly PolicyInput[], rest: Partial<EnvironmentInput> = {}) =>
  resolveEnvironment({
    preset: 'test',
    compute: { kind: 'fargate' },
    capacity: { min: 1, max: 20, desired: 10 },
    ...rest,
    scaling: { policies: [...policies] },
    assumptions: { metricLagSeconds: 0, ...rest.assumptions },
  });

export const trackCpu = (rest: Partial<Extract<PolicyInput, { type: 'target-tracking' }>> = {}) =>
  ({ type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 50 }, ...rest }) as const;

export const trackMemory = (rest: Partial<Extract<PolicyInput, { type: 'target-tracking' }>> = {}) =>
  ({
    type: 'target-tracking',
    name: 'memory',
    metric: { kind: 'memory', targetPercent: 50 },
    ...rest,
  }) as const;

/** @param requestsPerTargetPerMinute what each task is to have */
export const trackRequests = (requestsPerTargetPerMinute: number) =>
  ({
    type: 'target-tracking',
    name: 'requests',
    metric: { kind: 'requests-per-target', requestsPerTargetPerMinute },
  }) as const;

interface Circumstances {
  readonly running?: number;
  readonly deploymentInProgress?: boolean;
  readonly warmup?: WarmupCounts;
}

/** Plays minutes: publishes each minute’s datapoints and evaluates at its end. Tasks run as soon as they are asked for. */
export class Scenario {
  readonly plan: ScalingPlan;
  state: ScalingState;
  desired: number;
  minutes = 0;
  readonly #datapoints = new Map<string, Datapoint[]>();

  constructor(environment: Parameters<typeof planScaling>[0], startedAt = new Date('2026-01-01T00:00:00Z')) {
    this.plan = planScaling(environment, { startedAt });
    this.state = initialScalingState(this.plan);
    this.desired = environment.capacity.desired;
  }

  minute(values: Readonly<Record<string, number | null>>, circumstances: Circumstances = {}): ScalingOutcome {
    for (const [key, value] of Object.entries(values)) {
      const series = this.#datapoints.get(key) ?? [];
      if (value !== null) series.push({ startSeconds: this.minutes * 60, value });
      this.#datapoints.set(key, series);
    }
    this.minutes += 1;
    const outcome = evaluateScaling(this.plan, this.state, {
      nowSeconds: this.minutes * 60,
      running: circumstances.running ?? this.desired,
      warmup: circumstances.warmup ?? null,
      desired: this.desired,
      deploymentInProgress: circumstances.deploymentInProgress ?? false,
      datapoints: (key) => this.#datapoints.get(key) ?? [],
    });
    this.state = outcome.state;
    this.desired = outcome.desired;
    return outcome;
  }

  /** Plays the same minute several times, and returns the last outcome. */
  repeat(
    count: number,
    values: Readonly<Record<string, number | null>>,
    circumstances?: Circumstances,
  ): ScalingOutcome {
    for (let left = count; left > 1; left -= 1) this.minute(values, circumstances);
    return this.minute(values, circumstances);
  }
}
