import { visibleDatapoints } from '../alarms/alarm.ts';
import type { Datapoint } from '../alarms/datapoint.ts';
import {
  type Candidate,
  type Situation,
  alarmCause,
  boundText,
  boundedScaleIn,
  boundedScaleOut,
  formatNumber,
} from './candidate.ts';
import { metricDatapoints } from './evaluate-alarms.ts';
import { newestStartSeconds } from './evaluation-time.ts';
import { type Evaluation, type PolicyArithmetic, inAlarm } from './policy-arithmetic.ts';
import type { PlannedAlarm, PlannedMetric, PlannedTracking, ScalingPlan } from '../plan/plan.ts';

/** Target tracking scales out by itself, and in only together with every other policy that holds a target. */
export const targetTracking: PolicyArithmetic<PlannedTracking> = {
  stance: ({ highAlarm, lowAlarm, index }, state, desired) => {
    if (inAlarm(highAlarm, state))
      return desired < state.max || state.reported[index] !== 'AlreadyAtMaxCapacity' ? 'high' : 'at-maximum';
    if (lowAlarm === null) return 'silent';
    if (!inAlarm(lowAlarm, state)) return 'between';
    return desired > state.min || state.reported[index] !== 'AlreadyAtMinCapacity' ? 'low' : 'at-minimum';
  },
  wish: (policy, evaluation) => {
    const candidate = scaleOut(policy, evaluation);
    return candidate === undefined ? undefined : { kind: 'out', candidate };
  },
  holdsCapacity: ({ highAlarm }, evaluation) => inAlarm(highAlarm, evaluation),
  agreedScaleIn: agreedScaleInBy((low, datapoint, evaluation) =>
    trackingScaleIn(low, datapoint.value, {
      situation: ofPeriod(datapoint, evaluation),
      assumptions: evaluation.plan.assumptions,
    }),
  ),
};

/** A policy with the alarm that lets it scale in. */
export interface LowPolicy {
  readonly policy: PlannedTracking;
  readonly lowAlarm: PlannedAlarm;
}

/** The scale-in of a policy that holds a target: once its low alarm is in ALARM, by the datapoint that it goes by. */
export function agreedScaleInBy(
  scaleIn: (low: LowPolicy, datapoint: Datapoint, evaluation: Evaluation) => Candidate,
): PolicyArithmetic<PlannedTracking>['agreedScaleIn'] {
  return (policy, evaluation) => {
    const { lowAlarm, metric } = policy;
    if (lowAlarm === null) return null;
    if (!inAlarm(lowAlarm, evaluation)) return undefined;
    const datapoint = trackedDatapoint(metric, lowAlarm, evaluation);
    return datapoint && scaleIn({ policy, lowAlarm }, datapoint, evaluation);
  };
}

function scaleOut(policy: PlannedTracking, evaluation: Evaluation): Candidate | undefined {
  const { situation } = evaluation;
  if (situation.running === 0 && situation.desired === 0) {
    const demand = demandNow(policy.metric, evaluation);
    return demand > 0 ? trackingFromZero(policy, demand, situation) : undefined;
  }
  if (!inAlarm(policy.highAlarm, evaluation)) return undefined;
  const datapoint = trackedDatapoint(policy.metric, policy.highAlarm, evaluation);
  return datapoint && trackingScaleOut(policy, datapoint.value, ofPeriod(datapoint, evaluation));
}

/** What the needed count is worked out from: the newest datapoint that the alarm sees, or the average of all that it looks at. */
export function trackedDatapoint(
  metric: PlannedMetric,
  alarm: PlannedAlarm,
  { plan, input: { nowSeconds, datapoints } }: Evaluation,
): Datapoint | undefined {
  const newestSeconds = newestStartSeconds(metric, nowSeconds);
  const visible = visibleDatapoints(alarm, metricDatapoints(metric, datapoints), newestSeconds);
  const [newest] = visible;
  return newest === undefined || plan.assumptions.trackedValue === 'newest'
    ? newest
    : averageOf(newest, visible);
}

/** Its value times its count is what the datapoints need on average, each by its own count. */
function averageOf(newest: Datapoint, datapoints: readonly Datapoint[]): Datapoint {
  const mean = (of: (datapoint: Datapoint) => number): number =>
    datapoints.reduce((sum, datapoint) => sum + of(datapoint), 0) / datapoints.length;
  const value = mean((datapoint) => datapoint.value);
  const { startSeconds } = newest;
  if (value === 0 || datapoints.some(({ running }) => running === undefined)) return { startSeconds, value };
  return { startSeconds, value, running: mean((each) => each.value * (each.running ?? 0)) / value };
}

/**
 * The situation as a datapoint describes it. A metric per task says how much is needed only together with the tasks of its own
 * period: those of now, which the metric has not seen yet, would be counted twice, and those of before the cooldown not at
 * all. What is needed is then an absolute count, so a larger scale-out goes through a cooldown, and an equal one does
 * nothing (Application Auto Scaling guide, target tracking cooldowns).
 */
function ofPeriod({ running }: Datapoint, { situation, input, plan }: Evaluation): Situation {
  const { neededCount, warmingInstances } = plan.assumptions;
  const { warmup } = input;
  const credited = warmup === null || warmingInstances === 'credited';
  if (running === undefined || neededCount === 'now')
    return credited ? situation : { ...situation, creditBase: null };
  const warm = credited && warmup !== null && warmup.warming > 0 ? Math.min(warmup.warm, running) : null;
  return { ...situation, running, creditBase: warm };
}

/** The datapoint of the newest visible period; 0 where there is none. */
function demandNow(metric: PlannedMetric, { input: { nowSeconds, datapoints } }: Evaluation): number {
  const newest = newestStartSeconds(metric, nowSeconds);
  const shown = metricDatapoints(metric, datapoints);
  return shown.findLast(({ startSeconds }) => startSeconds === newest)?.value ?? 0;
}

/** Absorbs rounding of the quotient, so that a metric exactly at a whole multiple of the target adds nothing. */
const tolerance = 1e-9;

/**
 * `ceil(running x metric / target)`: proportional, rounded up, from the count that ran while the metric was measured. AWS
 * documents the rounding, and the running count as where it starts from (EC2 Auto Scaling guide as-scaling-target-tracking, ECS
 * guide service-auto-scaling), not the formula, and not of which moment the running count is.
 */
export const proportionalCapacity = (running: number, value: number, target: number): number =>
  Math.max(0, Math.ceil((running * value) / target - tolerance));

/** What a policy whose high alarm is in ALARM asks for. `value` is the newest datapoint. */
function trackingScaleOut(policy: PlannedTracking, value: number, situation: Situation): Candidate {
  const wanted = (base: number) => proportionalCapacity(base, value, policy.target);
  const bounded = boundedScaleOut(situation, wanted);
  const explain = () => {
    const [metric, target] = [formatNumber(value), formatNumber(policy.target)];
    const asked = `${formatNumber(situation.running)} x ${metric} / ${target} asks for ${wanted(situation.running)}`;
    return {
      cause: alarmCause(policy.highAlarm.name, policy.name),
      reason: `${policy.metricKey} is ${metric} against a target of ${target}: ${asked}; ${boundText(bounded, situation)}`,
    };
  };
  return { policy, to: bounded.to, code: bounded.code, explain };
}

/**
 * The first move of a service without tasks: no alarm can tell how many it needs, so one datapoint of demand starts
 * the smallest capacity there is (ECS guide, service auto scaling).
 */
function trackingFromZero(policy: PlannedTracking, value: number, situation: Situation): Candidate {
  const bounded = boundedScaleOut({ ...situation, creditBase: null }, () => 1);
  return {
    policy,
    to: bounded.to,
    code: bounded.code,
    explain: () => ({
      cause: `demand on ${policy.metricKey} with no running task triggered policy ${policy.name}`,
      reason: `${policy.metricKey} is ${formatNumber(value)} while no task runs: starts with the least possible; ${boundText(bounded, situation)}`,
    }),
  };
}

/**
 * What a policy whose low alarm is in ALARM asks for. `gradual` removes one task, unless the remaining ones would be
 * predicted above the target again (metric x n / n′); `proportional` goes at once to what the metric asks for.
 */
function trackingScaleIn(
  { policy, lowAlarm }: LowPolicy,
  value: number,
  { situation, assumptions }: { situation: Situation; assumptions: ScalingPlan['assumptions'] },
): Candidate {
  const { desired, max, running } = situation;
  const gradual = assumptions.scaleInSteps === 'gradual';
  const wanted = (base: number) => (gradual ? desired - 1 : proportionalCapacity(base, value, policy.target));
  const bounded = boundedScaleIn(situation, wanted);
  const { to, code } = bounded;
  const predicted = value === 0 ? 0 : (value * running) / to;
  const flaps =
    assumptions.predictFlapping &&
    desired <= max &&
    to < desired &&
    predicted > policy.target * (1 + tolerance);
  const explain = () => {
    const context = `${policy.metricKey} is ${formatNumber(value)} against a low threshold of ${formatNumber(lowAlarm.threshold)}`;
    return {
      cause: alarmCause(lowAlarm.name, policy.name),
      reason: flaps
        ? `${context}, but with ${to} instead of ${formatNumber(running)} ${situation.unit}s it would be ${formatNumber(predicted)}, above the target of ${formatNumber(policy.target)}`
        : `${context}: scale-in; ${boundText(bounded, situation)}`,
    };
  };
  return flaps
    ? { policy, to: desired, code: 'AutoScalingAnticipatedFlapping', explain }
    : { policy, to, code, explain };
}
