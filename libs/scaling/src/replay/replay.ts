import { type Environment, followedMetrics, metricReference } from '@tideline/config';
import type { Datapoint } from '../alarms/datapoint.ts';
import { evaluateScaling } from '../evaluate/evaluate-scaling.ts';
import { nextEvaluationSeconds } from '../evaluate/evaluation-time.ts';
import { createForecasters } from '../forecast/create-forecasters.ts';
import { initialScalingState } from '../evaluate/scaling-state.ts';
import { planScaling } from '../plan/plan-scaling.ts';

/** What was recorded of a run, by the same clock throughout. */
export interface RecordedRun {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Desired count when it began. */
  readonly desired: number;
  /** Datapoints by metric key, ascending; periods begin at multiples of their length. */
  readonly datapoints: ReadonlyMap<string, readonly Datapoint[]>;
}

/** What the policies made of a run. */
export interface Replay {
  readonly peakDesired: number;
  readonly finalDesired: number;
  readonly scaleOuts: number;
  readonly scaleIns: number;
  /** The desired count from each moment on. */
  readonly desired: readonly { readonly seconds: number; readonly count: number }[];
}

/**
 * Evaluates the datapoints of a run once more, with the assumptions of `environment`; what is desired is taken to run at once.
 * Forecasts are made again as well, from the same datapoints.
 * @param played what the assumptions in force made of the same datapoints: where another count is desired now, what tasks
 * share (CPU, requests) is spread over that count instead. Left out, the datapoints are taken as they are.
 */
export function replay(environment: Environment, run: RecordedRun, played?: Replay): Replay {
  const plan = planScaling(environment);
  /** Periods of the metrics that tasks share. */
  const sharedPeriods = new Map<string, number>();
  for (const { metric } of followedMetrics(environment)) {
    const { sourceKeys, periodSeconds, perUnit } = metricReference(metric, environment);
    if (perUnit) for (const key of sourceKeys) sharedPeriods.set(key, periodSeconds);
  }
  const desired = [{ seconds: run.fromSeconds, count: run.desired }];
  let state = initialScalingState(plan);
  let count = run.desired;
  const forecasters = createForecasters(plan, environment).map((forecaster) => ({ forecaster, taken: 0 }));
  let [scaleOuts, scaleIns] = [0, 0];
  const seen = (key: string): readonly Datapoint[] => {
    const datapoints = run.datapoints.get(key) ?? [];
    const periodSeconds = sharedPeriods.get(key);
    if (played === undefined || periodSeconds === undefined) return datapoints;
    return datapoints.map((datapoint) =>
      spread(datapoint, periodSeconds, { before: played.desired, now: desired }),
    );
  };
  for (
    let nowSeconds = nextEvaluationSeconds(plan, run.fromSeconds);
    nowSeconds <= run.toSeconds;
    nowSeconds = nextEvaluationSeconds(plan, nowSeconds)
  ) {
    for (const following of forecasters) {
      const { forecaster, taken } = following;
      const { key, periodSeconds } = forecaster.metric;
      const ended = (run.datapoints.get(key) ?? []).slice(taken);
      for (const datapoint of ended) {
        if (datapoint.startSeconds + periodSeconds > nowSeconds) break;
        forecaster.record(datapoint, count);
        following.taken += 1;
      }
      forecaster.at(nowSeconds);
    }
    const outcome = evaluateScaling(plan, state, {
      ...{ nowSeconds, running: count, desired: count, warmup: null, deploymentInProgress: false },
      datapoints: seen,
      forecasts: (policy) =>
        forecasters.find(({ forecaster }) => forecaster.name === policy)?.forecaster.at(nowSeconds) ?? null,
    });
    state = outcome.state;
    if (outcome.desired === count) continue;
    if (outcome.desired > count) scaleOuts += 1;
    else scaleIns += 1;
    count = outcome.desired;
    desired.push({ seconds: nowSeconds, count });
  }
  const peakDesired = Math.max(...desired.map((each) => each.count));
  return { peakDesired, finalDesired: count, scaleOuts, scaleIns, desired };
}

type Counts = Replay['desired'];

/** The same demand over another count. */
function spread(
  datapoint: Datapoint,
  periodSeconds: number,
  { before, now }: { readonly before: Counts; readonly now: Counts },
): Datapoint {
  const end = datapoint.startSeconds + periodSeconds;
  const was = unitSeconds(before, datapoint.startSeconds, end);
  const is = unitSeconds(now, datapoint.startSeconds, end);
  if (was === is || was === 0 || is === 0) return datapoint;
  const { startSeconds, value, running } = datapoint;
  const spreadValue = { startSeconds, value: (value * was) / is };
  return running === undefined ? spreadValue : { ...spreadValue, running: (running * is) / was };
}

/** Tasks or instances summed over a period. */
function unitSeconds(counts: Counts, fromSeconds: number, toSeconds: number): number {
  let sum = 0;
  for (const [index, { seconds, count }] of counts.entries()) {
    const from = Math.max(index === 0 ? fromSeconds : seconds, fromSeconds);
    const to = Math.min(counts[index + 1]?.seconds ?? Infinity, toSeconds);
    if (to > from) sum += count * (to - from);
  }
  return sum;
}
