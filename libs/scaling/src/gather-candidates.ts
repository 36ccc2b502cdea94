import { newestValues } from './alarm.ts';
import type { AlarmState } from './alarm.ts';
import type { Candidate, Situation } from './candidate.ts';
import { metricDatapoints } from './evaluate-alarms.ts';
import { newestStartSeconds } from './evaluation-time.ts';
import type {
  PlannedAlarm,
  PlannedMetric,
  PlannedPolicy,
  PlannedStep,
  PlannedTracking,
  ScalingPlan,
} from './plan.ts';
import type { ScalingInput } from './scaling-decision.ts';
import { type StepCandidate, aggregate, stepCandidate } from './step-scaling.ts';
import { trackingFromZero, trackingScaleIn, trackingScaleOut } from './target-tracking.ts';

/** What one evaluation knows. */
export interface Evaluation {
  readonly plan: ScalingPlan;
  readonly input: ScalingInput;
  readonly situation: Situation;
  readonly alarmStates: readonly AlarmState[];
  readonly dueMetrics: readonly PlannedMetric[];
}

export interface Candidates {
  readonly out: Candidate[];
  readonly in: Candidate[];
  readonly failed: Extract<StepCandidate, { kind: 'failed' }>[];
}

/** Asks every policy whose alarm is in ALARM, and was evaluated now, what it wants. */
export function gatherCandidates(evaluation: Evaluation): Candidates {
  const candidates: Candidates = { out: [], in: [], failed: [] };
  for (const policy of evaluation.plan.policies) {
    if (!evaluation.dueMetrics.includes(policy.metric)) continue;
    if (policy.type === 'step') addStep(policy, evaluation, candidates);
    else addScaleOut(policy, evaluation, candidates);
  }
  // A service that any tracker finds too small is not made smaller.
  const anyHigh = evaluation.plan.policies.some(
    (policy) => policy.type === 'target-tracking' && inAlarm(policy.highAlarm, evaluation),
  );
  if (anyHigh || candidates.out.length > 0) candidates.in.length = 0;
  else candidates.in.push(...trackersScaleIn(evaluation));
  return candidates;
}

function addStep(policy: PlannedStep, evaluation: Evaluation, candidates: Candidates): void {
  if (!inAlarm(policy.alarm, evaluation)) return;
  const values = recentValues(policy, policy.alarm, { evaluation, count: policy.alarm.evaluationPeriods });
  if (values.length === 0) return;
  const step = stepCandidate(policy, aggregate(values, policy.aggregation), evaluation.situation);
  if (step.kind === 'failed') candidates.failed.push(step);
  else candidates[step.kind].push(step.candidate);
}

function addScaleOut(policy: PlannedTracking, evaluation: Evaluation, candidates: Candidates): void {
  const { situation } = evaluation;
  if (situation.running === 0 && situation.desired === 0) {
    const demand = newestDatapoint(policy.metric, evaluation);
    if (demand !== undefined && demand > 0) candidates.out.push(trackingFromZero(policy, demand, situation));
    return;
  }
  if (!inAlarm(policy.highAlarm, evaluation)) return;
  const [value] = recentValues(policy, policy.highAlarm, { evaluation, count: 1 });
  if (value !== undefined) candidates.out.push(trackingScaleOut(policy, value, situation));
}

/**
 * Target tracking scales in only when all trackers that may scale in are ready (ECS guide, target tracking):
 * the one that keeps most tasks speaks for all. One that declines keeps what there is.
 */
function trackersScaleIn(evaluation: Evaluation): readonly Candidate[] {
  const { plan, situation, dueMetrics } = evaluation;
  const candidates: Candidate[] = [];
  let due = false;
  for (const policy of plan.policies) {
    if (policy.type !== 'target-tracking' || policy.lowAlarm === null) continue;
    const { lowAlarm } = policy;
    if (!inAlarm(lowAlarm, evaluation)) return [];
    const [value] = recentValues(policy, lowAlarm, { evaluation, count: 1 });
    if (value === undefined) return [];
    due ||= dueMetrics.includes(policy.metric);
    candidates.push(
      trackingScaleIn({ policy, lowAlarm }, value, { situation, assumptions: plan.assumptions }),
    );
  }
  if (!due) return [];
  const declining = candidates.filter(({ to }) => to >= situation.desired);
  if (declining.length > 0) return declining;
  const spokesman = largest(candidates);
  return spokesman === undefined ? [] : [spokesman];
}

/** The candidate with the largest capacity, the first one among equals. */
export function largest(candidates: readonly Candidate[]): Candidate | undefined {
  let best: Candidate | undefined;
  for (const candidate of candidates) if (best === undefined || candidate.to > best.to) best = candidate;
  return best;
}

const inAlarm = (alarm: PlannedAlarm, { alarmStates }: Evaluation): boolean =>
  alarmStates[alarm.index] === 'ALARM';

function recentValues(
  { metric }: PlannedPolicy,
  alarm: PlannedAlarm,
  { evaluation: { input }, count }: { evaluation: Evaluation; count: number },
): readonly number[] {
  return newestValues(alarm, metricDatapoints(metric, input.datapoints), {
    newestStartSeconds: newestStartSeconds(metric, input.nowSeconds),
    count,
  });
}

/** The datapoint of the newest visible period, if there is one. */
function newestDatapoint(metric: PlannedMetric, { input }: Evaluation): number | undefined {
  const start = newestStartSeconds(metric, input.nowSeconds);
  return metricDatapoints(metric, input.datapoints).findLast(({ startSeconds }) => startSeconds === start)
    ?.value;
}
