import type { Environment } from '@tideline/config';
import type { PolicyObservation } from '@tideline/evidence';
import {
  createForecasters,
  evaluateScaling,
  initialScalingState,
  metricLagSeconds,
  nextEvaluationSeconds,
  planScaling,
  type PolicyForecaster,
  type PolicyForecasts,
  type ScalingPlan,
  type ScalingState,
} from '@tideline/scaling';
import type { Clock, Timer } from '../clock/clock.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import type { ActivityLog } from './activity-log.ts';

export interface AutoscalerOptions {
  readonly environment: Environment;
  /** @default the environment’s own scaling policies */
  readonly plan?: ScalingPlan;
  readonly clock: Clock;
  readonly store: MetricStore;
  readonly fleet: Pick<Fleet, 'warmup' | 'isScaleInHeld' | 'setDesired' | 'setMaximum'> & {
    counts(): { readonly running: number; readonly desired: number };
  };
  readonly activities: ActivityLog;
  /** Resolves when every period that has ended is in the store. */
  readonly metricsSettled: () => Promise<void>;
}

/** Application Auto Scaling, or the scaling of an EC2 Auto Scaling group: shows datapoints to the policies when they become visible, and applies what they decide. */
export class Autoscaler {
  readonly #options: AutoscalerOptions;
  readonly #plan: ScalingPlan;
  /** Of predictive policies, with the datapoints that each has taken in. */
  readonly #forecasters: readonly { readonly forecaster: PolicyForecaster; taken: number }[];
  #state: ScalingState;
  #timer: Timer | undefined;
  #closed = false;

  constructor(options: AutoscalerOptions) {
    this.#options = options;
    this.#plan = options.plan ?? planScaling(options.environment);
    this.#forecasters = createForecasters(this.#plan, options.environment).map((forecaster) => ({
      forecaster,
      taken: 0,
    }));
    this.#state = initialScalingState(this.#plan);
    const nowSeconds = options.clock.now();
    const hasForecast = this.#forecasters.some(({ forecaster }) => forecaster.at(nowSeconds) !== null);
    if (hasForecast) this.#evaluateAt(nowSeconds);
    else this.#schedule(nowSeconds);
  }

  /** Bounds in force: scheduled actions change them, and a forecast raises the minimum. */
  get capacity(): { readonly min: number; readonly max: number } {
    return { min: this.#state.min, max: this.#state.max };
  }

  policies(): PolicyObservation[] {
    const predictive = this.#plan.predictive.map(({ name, metric, target }) => ({
      ...{ name, metricKey: metric.key, target, alarms: [] },
    }));
    const driven = this.#plan.policies.map(({ name, metricKey, target, alarms }) => ({
      name,
      metricKey,
      target,
      alarms: alarms.map((alarm) => ({
        name: alarm.name,
        comparison: alarm.comparison,
        threshold: alarm.threshold,
        state: this.#state.alarmStates[alarm.index] ?? 'INSUFFICIENT_DATA',
      })),
    }));
    return [...driven, ...predictive];
  }

  /** What each predictive policy has forecast, and how far off it was. */
  forecasts(): PolicyForecasts[] {
    const nowSeconds = this.#options.clock.now();
    return this.#forecasters.map(({ forecaster }) =>
      forecaster.report(nowSeconds - forecaster.metric.lagSeconds),
    );
  }

  /** Metrics that are sums of others: their key, and the keys that are added. */
  sums(): { readonly key: string; readonly sourceKeys: readonly string[]; readonly periodSeconds: number }[] {
    return this.#plan.metrics.filter(({ sourceKeys }) => sourceKeys.length > 1);
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  /**
   * Every evaluation has its own moment, which follows from the periods alone: a timer that fires late, or metrics that
   * take long, delay the work but neither what it sees nor when its cooldowns begin.
   */
  #schedule(afterSeconds: number): void {
    const next = nextEvaluationSeconds(this.#plan, afterSeconds);
    if (!this.#closed && Number.isFinite(next)) this.#evaluateAt(next);
  }

  #evaluateAt(seconds: number): void {
    this.#timer = this.#options.clock.at(seconds, () => {
      void this.#evaluate(seconds).then(() => this.#schedule(seconds));
    });
  }

  async #evaluate(nowSeconds: number): Promise<void> {
    const { environment, store, fleet, activities, metricsSettled } = this.#options;
    await metricsSettled();
    if (this.#closed) return;
    const resolutionSeconds = environment.monitoring.resolutionSeconds;
    this.#forecast(nowSeconds);
    const outcome = evaluateScaling(this.#plan, this.#state, {
      nowSeconds,
      ...fleet.counts(),
      warmup: fleet.warmup(),
      deploymentInProgress: fleet.isScaleInHeld,
      forecasts: (policy) =>
        this.#forecasters.find(({ forecaster }) => forecaster.name === policy)?.forecaster.at(nowSeconds) ??
        null,
      datapoints: (key) => {
        const periodSeconds = store.periodSeconds(key) ?? resolutionSeconds;
        return store.visible(key, { nowSeconds, lagSeconds: metricLagSeconds(environment, periodSeconds) });
      },
    });
    if (outcome.state.max !== this.#state.max) fleet.setMaximum?.(outcome.state.max);
    this.#state = outcome.state;
    for (const decision of outcome.decisions) activities.add(decision, nowSeconds);
    fleet.setDesired(outcome.desired);
  }

  /** Hands new datapoints to the forecasters, and lets each make the forecast that is due. */
  #forecast(nowSeconds: number): void {
    const { store, fleet } = this.#options;
    for (const following of this.#forecasters) {
      const { forecaster } = following;
      const datapoints = store.all(forecaster.metric.key);
      for (const datapoint of datapoints.slice(following.taken))
        forecaster.record(datapoint, fleet.counts().running);
      following.taken = datapoints.length;
      forecaster.at(nowSeconds);
    }
  }
}
