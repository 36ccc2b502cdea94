import type { Environment } from '@tideline/config';
import type { Datapoint, DatapointSource } from '../alarms/datapoint.ts';
import { DatapointHistory } from './datapoint-history.ts';
import { evaluateScaling } from '../evaluate/evaluate-scaling.ts';
import { nextEvaluationSeconds } from '../evaluate/evaluation-time.ts';
import type { ScalingPlan } from '../plan/plan.ts';
import { planScaling } from '../plan/plan-scaling.ts';
import { type ScalingState, initialScalingState } from '../evaluate/scaling-state.ts';
import { type SimulatedMetric, simulatedMetrics } from './simulated-metrics.ts';
import { createSimulatedFleet } from './create-simulated-fleet.ts';
import { createForecasters } from '../forecast/create-forecasters.ts';
import type { Forecast, PolicyForecaster } from '../forecast/policy-forecaster.ts';
import type { SimulatedFleet } from './simulated-fleet.ts';
import type { LoadTrace, Simulation, SimulationOptions, SimulationPoint } from './simulation.ts';

const noDatapoints: readonly Datapoint[] = [];

interface RecordedMetric extends SimulatedMetric {
  readonly history: DatapointHistory;
  /** Of predictive policies that follow it. */
  readonly forecasters: readonly PolicyForecaster[];
  nextEndSeconds: number;
}

/** One simulation under way: goes from instant to instant at which something happens, with even load in between. */
export class SimulationRun {
  readonly #trace: LoadTrace;
  readonly #loadStartSeconds: number;
  readonly #durationSeconds: number;
  readonly #sampleEverySeconds: number;
  readonly #plan: ScalingPlan;
  readonly #metrics: readonly RecordedMetric[];
  readonly #datapoints: DatapointSource;
  readonly #forecasters: readonly PolicyForecaster[];
  readonly #fleet: SimulatedFleet;

  /** The newest forecast of a policy. */
  readonly #forecasts = (policy: string): Forecast | null =>
    this.#forecasters.find(({ name }) => name === policy)?.at(this.#now) ?? null;

  #now = 0;
  #state: ScalingState;
  #desired: number;
  #load = 0;
  #traceStep = -1;
  #nextLoadSeconds: number;
  #nextEvaluation: number;
  #nextSampleSeconds = 0;
  #finished = false;

  readonly #points: SimulationPoint[] = [];
  readonly #decisions: Simulation['decisions'][number][] = [];
  readonly #alarmChanges: Simulation['alarmChanges'][number][] = [];
  #peakRunning = 0;
  #peakDesired = 0;
  #taskSeconds = 0;
  #instanceSeconds = 0;
  #stoppedInstanceSeconds = 0;
  #requests = 0;

  constructor(trace: LoadTrace, environment: Environment, options: SimulationOptions) {
    const { loadStartsAtSeconds = 0, tailSeconds = 0, seed = 1 } = options;
    this.#trace = trace;
    this.#loadStartSeconds = loadStartsAtSeconds;
    this.#durationSeconds =
      loadStartsAtSeconds + trace.requestsPerSecond.length * trace.stepSeconds + tailSeconds;
    this.#sampleEverySeconds = options.sampleEverySeconds ?? Math.max(60, this.#durationSeconds / 1500);
    this.#plan = planScaling(environment, options);
    this.#forecasters = createForecasters(this.#plan, environment, options);
    this.#metrics = simulatedMetrics(environment, options).map((metric) => ({
      ...metric,
      history: new DatapointHistory(historyLength(this.#plan, metric)),
      forecasters: this.#forecasters.filter(({ metric: { key } }) => key === metric.key),
      nextEndSeconds: metric.periodSeconds,
    }));
    const histories = new Map(this.#metrics.map(({ key, history }) => [key, history]));
    this.#datapoints = (key) => histories.get(key)?.datapoints ?? noDatapoints;
    this.#desired = environment.capacity.desired;
    this.#fleet = createSimulatedFleet(environment, seed);
    this.#state = initialScalingState(this.#plan);
    this.#nextLoadSeconds = loadStartsAtSeconds;
    this.#nextEvaluation = nextEvaluationSeconds(this.#plan, -1);
  }

  get finished(): boolean {
    return this.#finished;
  }

  /** Does what is due at this instant, then goes on to the next one. */
  step(): void {
    const { running, instances, stopped } = this.#fleet;
    const desired = this.#desired;
    this.#fleet.advance(this.#now);
    this.#closePeriods();
    if (this.#nextLoadSeconds <= this.#now) this.#changeLoad();
    if (this.#nextEvaluation <= this.#now) this.#evaluate();
    const moved =
      this.#fleet.running !== running ||
      this.#fleet.instances !== instances ||
      this.#fleet.stopped !== stopped ||
      this.#desired !== desired;
    const last = this.#now >= this.#durationSeconds;
    if (moved || last || this.#nextSampleSeconds <= this.#now) this.#sample();
    if (last) this.#finished = true;
    else this.#goOn();
  }

  result(): Simulation {
    return {
      durationSeconds: this.#durationSeconds,
      points: this.#points,
      decisions: this.#decisions,
      alarmChanges: this.#alarmChanges,
      peakRunning: this.#peakRunning,
      finalRunning: this.#fleet.running,
      peakDesired: this.#peakDesired,
      finalDesired: this.#desired,
      taskSeconds: this.#taskSeconds,
      instanceSeconds: this.#instanceSeconds,
      stoppedInstanceSeconds: this.#stoppedInstanceSeconds,
      requests: this.#requests,
      ...(this.#forecasters.length === 0
        ? {}
        : { forecasts: this.#forecasters.map((each) => each.report(this.#durationSeconds)) }),
    };
  }

  #closePeriods(): void {
    const now = this.#now;
    for (const metric of this.#metrics) {
      if (metric.nextEndSeconds > now) continue;
      const datapoint = metric.model.close(now - metric.periodSeconds, now);
      if (datapoint !== undefined) {
        metric.history.push(datapoint);
        for (const forecaster of metric.forecasters) forecaster.record(datapoint, this.#fleet.running);
      }
      metric.nextEndSeconds += metric.periodSeconds;
    }
  }

  #changeLoad(): void {
    const { stepSeconds, requestsPerSecond } = this.#trace;
    this.#traceStep += 1;
    const ended = this.#traceStep >= requestsPerSecond.length;
    this.#load = ended ? 0 : (requestsPerSecond[this.#traceStep] ?? 0);
    this.#nextLoadSeconds = ended ? Infinity : this.#loadStartSeconds + (this.#traceStep + 1) * stepSeconds;
  }

  #evaluate(): void {
    const seconds = this.#now;
    for (const forecaster of this.#forecasters) forecaster.at(seconds);
    const { state, desired, decisions, alarmChanges } = evaluateScaling(this.#plan, this.#state, {
      nowSeconds: seconds,
      running: this.#fleet.running,
      warmup: this.#fleet.warmup,
      desired: this.#desired,
      deploymentInProgress: false,
      datapoints: this.#datapoints,
      forecasts: this.#forecasts,
    });
    if (state.max !== this.#state.max) this.#fleet.setMaximum?.(state.max, seconds);
    this.#state = state;
    for (const decision of decisions) this.#decisions.push({ seconds, ...decision });
    for (const { alarm, from, to } of alarmChanges) this.#alarmChanges.push({ seconds, alarm, from, to });
    if (desired !== this.#desired) this.#fleet.setDesired(desired, seconds);
    this.#desired = desired;
    this.#nextEvaluation = nextEvaluationSeconds(this.#plan, seconds);
  }

  #sample(): void {
    const { running, instances, stopped } = this.#fleet;
    this.#points.push({
      seconds: this.#now,
      desired: this.#desired,
      running,
      instances,
      stopped,
      requestsPerSecond: this.#load,
    });
    this.#peakRunning = Math.max(this.#peakRunning, running);
    this.#peakDesired = Math.max(this.#peakDesired, this.#desired);
    while (this.#nextSampleSeconds <= this.#now) this.#nextSampleSeconds += this.#sampleEverySeconds;
  }

  #goOn(): void {
    let next = Math.min(this.#durationSeconds, this.#nextLoadSeconds);
    next = Math.min(next, this.#nextEvaluation, this.#nextSampleSeconds);
    next = Math.min(next, this.#fleet.nextChangeSeconds);
    for (const { nextEndSeconds } of this.#metrics) next = Math.min(next, nextEndSeconds);
    const { running, measured, instances, stopped } = this.#fleet;
    const seconds = next - this.#now;
    const stretch = { requestsPerSecond: this.#load, running, measured, seconds };
    for (const { model } of this.#metrics) model.add(stretch);
    this.#taskSeconds += running * seconds;
    this.#instanceSeconds += instances * seconds;
    this.#stoppedInstanceSeconds += stopped * seconds;
    this.#requests += this.#load * seconds;
    this.#now = next;
  }
}

/** Datapoints that any alarm on the metric can still look at, those on their way included. */
function historyLength(plan: ScalingPlan, metric: SimulatedMetric): number {
  let longest = 1;
  for (const { sourceKeys, alarms, lagSeconds, periodSeconds } of plan.metrics) {
    if (!sourceKeys.includes(metric.key)) continue;
    const onTheWay = Math.ceil(lagSeconds / periodSeconds) + 1;
    for (const { rangeDatapoints } of alarms) longest = Math.max(longest, rangeDatapoints + onTheWay);
  }
  return longest;
}
