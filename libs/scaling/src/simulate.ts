import type { Environment } from '@tideline/config';
import { DatapointHistory } from './datapoint-history.ts';
import { evaluateScaling } from './evaluate-scaling.ts';
import { nextEvaluationSeconds } from './evaluation-time.ts';
import type { ScalingPlan } from './plan.ts';
import { planScaling } from './plan-scaling.ts';
import { initialScalingState } from './scaling-state.ts';
import { type SimulatedMetric, simulatedMetrics } from './simulated-metrics.ts';
import { SimulatedTasks } from './simulated-tasks.ts';
import type { LoadTrace, Simulation, SimulationOptions, SimulationPoint } from './simulation.ts';

const noDatapoints = [] as const;

/**
 * Runs an environment under a load in virtual time, with the rules of `evaluateScaling` and models for what they
 * look at (see `SimulationOptions`). The same arguments always give the same result.
 * @throws RangeError when the trace has no positive step, or a rate that is no finite number from 0 up
 */
export function simulate(
  trace: LoadTrace,
  environment: Environment,
  options: SimulationOptions = {},
): Simulation {
  checkTrace(trace);
  const { loadStartsAtSeconds = 0, tailSeconds = 0, sampleEverySeconds = 60, seed = 1 } = options;
  const { stepSeconds, requestsPerSecond: rates } = trace;
  const durationSeconds = loadStartsAtSeconds + rates.length * stepSeconds + tailSeconds;
  const plan = planScaling(environment, options);
  const metrics = simulatedMetrics(environment, options).map((metric) => ({
    ...metric,
    history: new DatapointHistory(historyLength(plan, metric)),
    nextEndSeconds: metric.periodSeconds,
  }));
  const histories = new Map(metrics.map(({ key, history }) => [key, history]));
  const datapoints = (key: string) => histories.get(key)?.datapoints ?? noDatapoints;
  const tasks = new SimulatedTasks(environment.capacity.desired, {
    startSeconds: environment.assumptions.taskStartSeconds,
    seed,
  });

  let state = initialScalingState(plan);
  let desired = environment.capacity.desired;
  let now = 0;
  let step = -1;
  let requestsPerSecond = 0;
  let nextStepSeconds = loadStartsAtSeconds;
  let nextEvaluation = nextEvaluationSeconds(plan, -1);
  let nextSampleSeconds = 0;
  let taskSeconds = 0;
  let requests = 0;
  const points: SimulationPoint[] = [];
  const decisions: Simulation['decisions'][number][] = [];
  const alarmChanges: Simulation['alarmChanges'][number][] = [];
  let peakRunning = tasks.running;
  let peakDesired = desired;

  for (;;) {
    const runningBefore = tasks.running;
    const desiredBefore = desired;
    tasks.advance(now);
    for (const metric of metrics) {
      if (metric.nextEndSeconds > now) continue;
      const value = metric.model.close(now);
      if (value !== undefined) metric.history.push({ startSeconds: now - metric.periodSeconds, value });
      metric.nextEndSeconds += metric.periodSeconds;
    }
    if (nextStepSeconds <= now) {
      step += 1;
      requestsPerSecond = rates[step] ?? 0;
      nextStepSeconds = step < rates.length ? loadStartsAtSeconds + (step + 1) * stepSeconds : Infinity;
    }
    if (nextEvaluation <= now) {
      const outcome = evaluateScaling(plan, state, {
        nowSeconds: now,
        running: tasks.running,
        desired,
        deploymentInProgress: false,
        datapoints,
      });
      state = outcome.state;
      for (const decision of outcome.decisions) decisions.push({ seconds: now, ...decision });
      for (const change of outcome.alarmChanges) alarmChanges.push({ seconds: now, ...change });
      if (outcome.desired !== desired) {
        desired = outcome.desired;
        tasks.setDesired(desired, now);
      }
      nextEvaluation = nextEvaluationSeconds(plan, now);
    }
    const moved = tasks.running !== runningBefore || desired !== desiredBefore;
    if (moved || nextSampleSeconds <= now || now >= durationSeconds) {
      points.push({ seconds: now, desired, running: tasks.running, requestsPerSecond });
      peakRunning = Math.max(peakRunning, tasks.running);
      peakDesired = Math.max(peakDesired, desired);
      while (nextSampleSeconds <= now) nextSampleSeconds += sampleEverySeconds;
    }
    if (now >= durationSeconds) break;

    let next = Math.min(durationSeconds, nextStepSeconds, nextEvaluation, nextSampleSeconds);
    next = Math.min(next, tasks.nextStartSeconds);
    for (const metric of metrics) next = Math.min(next, metric.nextEndSeconds);
    const level = { requestsPerSecond, running: tasks.running };
    for (const metric of metrics) metric.model.add(level, next - now);
    taskSeconds += tasks.running * (next - now);
    requests += requestsPerSecond * (next - now);
    now = next;
  }
  return {
    durationSeconds,
    points,
    decisions,
    alarmChanges,
    peakRunning,
    finalRunning: tasks.running,
    peakDesired,
    finalDesired: desired,
    taskSeconds,
    requests,
  };
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

function checkTrace({ stepSeconds, requestsPerSecond }: LoadTrace): void {
  if (!(stepSeconds > 0) || !Number.isFinite(stepSeconds))
    throw new RangeError(
      `stepSeconds of a load trace must be a positive number of seconds; got ${stepSeconds}`,
    );
  const wrong = requestsPerSecond.findIndex((rate) => !(rate >= 0 && Number.isFinite(rate)));
  if (wrong >= 0)
    throw new RangeError(
      `requestsPerSecond of a load trace must hold finite numbers from 0 up; got ${String(requestsPerSecond[wrong])} at step ${wrong}`,
    );
}
