import { type AlarmState, newestValue, visibleValues } from './alarm.ts';
import type { Candidate, Situation } from './candidate.ts';
import { metricDatapoints } from './evaluate-alarms.ts';
import { newestStartSeconds } from './evaluation-time.ts';
import type { PlannedAlarm, PlannedMetric, PlannedStep, PlannedTracking, ScalingPlan } from './plan.ts';
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

interface Candidates {
  readonly out: readonly Candidate[];
  readonly in: readonly Candidate[];
  readonly failed: readonly FailedStep[];
}

type FailedStep = Extract<StepCandidate, { kind: 'failed' }>;

const nobody: readonly Candidate[] = [];

/** Asks every policy whose alarm is in ALARM, and was evaluated now, what it wants. */
export function gatherCandidates(evaluation: Evaluation): Candidates {
  const { plan, dueMetrics } = evaluation;
  const out: Candidate[] = [];
  const inwards: Candidate[] = [];
  const failed: FailedStep[] = [];
  let anyHigh = false;
  for (const policy of plan.policies) {
    const due = dueMetrics.includes(policy.metric);
    if (policy.type === 'step') {
      const step = due ? stepWish(policy, evaluation) : undefined;
      if (step?.kind === 'out') out.push(step.candidate);
      if (step?.kind === 'in') inwards.push(step.candidate);
      if (step?.kind === 'failed') failed.push(step);
      continue;
    }
    anyHigh ||= inAlarm(policy.highAlarm, evaluation);
    const candidate = due ? trackerScaleOut(policy, evaluation) : undefined;
    if (candidate !== undefined) out.push(candidate);
  }
  // A service that any policy finds too small is not made smaller.
  if (anyHigh || out.length > 0) return { out, in: nobody, failed };
  for (const candidate of trackersScaleIn(evaluation)) inwards.push(candidate);
  return { out, in: inwards, failed };
}

function stepWish(policy: PlannedStep, evaluation: Evaluation): StepCandidate | undefined {
  const { alarm, metric } = policy;
  if (!inAlarm(alarm, evaluation)) return undefined;
  const { nowSeconds, datapoints } = evaluation.input;
  const newest = newestStartSeconds(metric, nowSeconds);
  const values = visibleValues(alarm, metricDatapoints(metric, datapoints), newest);
  if (values.length === 0) return undefined;
  return stepCandidate(policy, aggregate(values, policy.aggregation), evaluation.situation);
}

function trackerScaleOut(policy: PlannedTracking, evaluation: Evaluation): Candidate | undefined {
  const { situation } = evaluation;
  if (situation.running === 0 && situation.desired === 0) {
    const demand = demandNow(policy.metric, evaluation);
    return demand > 0 ? trackingFromZero(policy, demand, situation) : undefined;
  }
  if (!inAlarm(policy.highAlarm, evaluation)) return undefined;
  const value = newestOf(policy.metric, policy.highAlarm, evaluation);
  return value === undefined ? undefined : trackingScaleOut(policy, value, situation);
}

/**
 * Target tracking scales in only when all trackers that may scale in are ready (ECS guide, target tracking):
 * the one that keeps most tasks speaks for all. Those that decline keep what there is.
 */
function trackersScaleIn(evaluation: Evaluation): readonly Candidate[] {
  const { plan, situation, dueMetrics } = evaluation;
  const candidates: Candidate[] = [];
  let due = false;
  for (const policy of plan.policies) {
    if (policy.type !== 'target-tracking' || policy.lowAlarm === null) continue;
    const { lowAlarm } = policy;
    if (!inAlarm(lowAlarm, evaluation)) return nobody;
    const value = newestOf(policy.metric, lowAlarm, evaluation);
    if (value === undefined) return nobody;
    due ||= dueMetrics.includes(policy.metric);
    candidates.push(
      trackingScaleIn({ policy, lowAlarm }, value, { situation, assumptions: plan.assumptions }),
    );
  }
  if (!due) return nobody;
  const declining = candidates.filter(({ to }) => to >= situation.desired);
  if (declining.length > 0) return declining;
  const spokesman = largest(candidates);
  return spokesman === undefined ? nobody : [spokesman];
}

/** The candidate with the largest capacity, the first one among equals. */
export function largest(candidates: readonly Candidate[]): Candidate | undefined {
  let best: Candidate | undefined;
  for (const candidate of candidates) if (best === undefined || candidate.to > best.to) best = candidate;
  return best;
}

const inAlarm = (alarm: PlannedAlarm, { alarmStates }: Evaluation): boolean =>
  alarmStates[alarm.index] === 'ALARM';

function newestOf(
  metric: PlannedMetric,
  alarm: PlannedAlarm,
  { input: { nowSeconds, datapoints } }: Evaluation,
): number | undefined {
  return newestValue(alarm, metricDatapoints(metric, datapoints), newestStartSeconds(metric, nowSeconds));
}

/** The datapoint of the newest visible period; 0 where there is none. */
function demandNow(metric: PlannedMetric, { input: { nowSeconds, datapoints } }: Evaluation): number {
  const newest = newestStartSeconds(metric, nowSeconds);
  const shown = metricDatapoints(metric, datapoints);
  return shown.findLast(({ startSeconds }) => startSeconds === newest)?.value ?? 0;
}
