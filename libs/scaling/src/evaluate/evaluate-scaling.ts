import type { Candidate, Situation } from './candidate.ts';
import { type AlarmOutcome, evaluateAlarms } from './evaluate-alarms.ts';
import { gatherCandidates, largest, policyArithmetic } from './gather-candidates.ts';
import type { Evaluation } from './policy-arithmetic.ts';
import { applyForecasts } from './predictive-scaling.ts';
import type { ScalingPlan } from '../plan/plan.ts';
import type { AlarmChange, ScalingDecision, ScalingInput, ScalingOutcome } from './scaling-decision.ts';
import type { ReasonCode, Remark, ScalingState } from './scaling-state.ts';
import { runScheduledActions } from './scheduled-actions.ts';

/**
 * One evaluation: runs due scheduled actions, has forecasts raise the minimum at their hours, evaluates the alarms of which a
 * datapoint has become due since the last evaluation, and lets the policies in ALARM act (an alarm fires again at every evaluation
 * while it stays in ALARM).
 * Any policy may scale out and the largest wins; target trackers scale in only together.
 * The same plan, state and input always give the same outcome; neither is modified.
 */
export function evaluateScaling(plan: ScalingPlan, state: ScalingState, input: ScalingInput): ScalingOutcome {
  const scheduled = plan.scheduledActions.length === 0 ? null : runScheduledActions(plan, state, input);
  const alarms = evaluateAlarms(plan, state, input);
  const ownMin = scheduled?.min ?? state.ownMin;
  const before = { max: scheduled?.max ?? state.max, desired: scheduled?.desired ?? input.desired };
  const forecast = plan.predictive.length === 0 ? null : applyForecasts(plan, state, { input, before });
  const { max, desired } = forecast ?? before;
  const forecastMin = forecast?.forecastMin ?? state.forecastMin;
  const next: ScalingState = {
    min: Math.max(ownMin, Math.min(forecastMin ?? 0, max)),
    max,
    ownMin,
    forecastMin,
    evaluatedSeconds: input.nowSeconds,
    alarmStates: alarms?.alarmStates ?? state.alarmStates,
    scaleOutCooldown: state.scaleOutCooldown,
    scaleInCooldownUntilSeconds: state.scaleInCooldownUntilSeconds,
    reported: state.reported,
  };
  const empty = input.running === 0 && desired === 0;
  const acted =
    alarms !== null && (empty || mayAct(plan, next, desired))
      ? act(next, { plan, input, desired, alarms })
      : null;
  return {
    state: acted?.state ?? next,
    desired: acted?.desired ?? desired,
    decisions: joined(joined(scheduled?.decisions, forecast?.decisions), acted?.decisions),
    alarmChanges: alarms?.changes ?? noChanges,
  };
}

const noDecisions: readonly ScalingDecision[] = [];
const noChanges: readonly AlarmChange[] = [];

const joined = (
  first: readonly ScalingDecision[] = noDecisions,
  then: readonly ScalingDecision[] = noDecisions,
): readonly ScalingDecision[] => (first.length === 0 ? then : [...first, ...then]);

/**
 * False when no policy is in a position to act, or those that are have said already that the bound they push against is
 * reached: how a service spends most of its time.
 */
function mayAct(plan: ScalingPlan, state: ScalingState, desired: number): boolean {
  let high = false;
  let between = false;
  let newsAbove = false;
  let newsBelow = false;
  for (const policy of plan.policies) {
    const stance = policyArithmetic(policy).stance(policy, state, desired);
    if (stance === 'acts') return true;
    high ||= stance === 'high' || stance === 'at-maximum';
    newsAbove ||= stance === 'high';
    between ||= stance === 'between';
    newsBelow ||= stance === 'low';
  }
  return high ? newsAbove : newsBelow && !between;
}

type Acted = Omit<ScalingOutcome, 'alarmChanges'>;

interface Occasion {
  readonly plan: ScalingPlan;
  readonly input: ScalingInput;
  readonly desired: number;
  readonly alarms: AlarmOutcome;
}

function act(state: ScalingState, { plan, input, desired, alarms }: Occasion): Acted {
  const situation: Situation = {
    unit: plan.unit,
    running: input.running,
    desired,
    min: state.min,
    max: state.max,
    creditBase: creditBase(state, input),
  };
  const evaluation: Evaluation = {
    plan,
    input,
    situation,
    alarmStates: alarms.alarmStates,
    dueMetrics: alarms.dueMetrics,
  };
  const candidates = gatherCandidates(evaluation);
  const report = new Report(state, desired);
  const out = largest(candidates.out);
  if (out !== undefined && out.to > desired) {
    if (!plan.suspended.dynamicScalingOutSuspended)
      return scaled(out, afterScaleOut(out, state, evaluation), evaluation);
    report.add('DynamicScalingOutSuspended', suspended(out, 'DynamicScalingOutSuspended'));
    return report.nothingScaled();
  }
  const inwards = largest(candidates.in.filter(({ to }) => to < desired));
  for (const { policy, explain } of candidates.failed)
    report.add('NoStepAdjustmentFound', { policy, explain });
  for (const candidate of candidates.out) report.add(candidate.code, candidate);
  for (const candidate of candidates.stays) report.add(candidate.code, candidate);
  for (const candidate of candidates.in) report.add(candidate.code, candidate);
  if (inwards === undefined) return report.nothingScaled();
  if (evaluation.input.deploymentInProgress) {
    report.add('TargetServicePutResourceAsUnscalable', inwards);
    return report.nothingScaled();
  }
  if (scaleInMustWait(state, evaluation)) return report.nothingScaled();
  if (plan.suspended.dynamicScalingInSuspended) {
    report.add('DynamicScalingInSuspended', suspended(inwards, 'DynamicScalingInSuspended'));
    return report.nothingScaled();
  }
  const reported = report.nothingScaled();
  const acted = scaled(inwards, afterScaleIn(inwards, reported.state, evaluation), evaluation);
  return { ...acted, decisions: [...reported.decisions, ...acted.decisions] };
}

function scaled({ policy, to, explain }: Candidate, state: ScalingState, evaluation: Evaluation): Acted {
  const decision: ScalingDecision = {
    policy: policy.name,
    outcome: 'scaled',
    from: evaluation.situation.desired,
    to,
    ...explain(),
  };
  return {
    state: { ...state, reported: state.reported.with(policy.index, null) },
    desired: to,
    decisions: [decision],
  };
}

function afterScaleOut({ policy, to }: Candidate, state: ScalingState, evaluation: Evaluation): ScalingState {
  const { nowSeconds } = evaluation.input;
  const { running, creditBase } = evaluation.situation;
  // From zero there is no base to grow from; the first tasks themselves are it.
  const baseCapacity = creditBase ?? (running === 0 ? to : running);
  return {
    ...state,
    scaleOutCooldown: { untilSeconds: nowSeconds + policy.scaleOutCooldownSeconds, baseCapacity },
    scaleInCooldownUntilSeconds: -Infinity,
  };
}

function afterScaleIn({ policy }: Candidate, state: ScalingState, { input }: Evaluation): ScalingState {
  const scaleInCooldownUntilSeconds = input.nowSeconds + policy.scaleInCooldownSeconds;
  // Capacity that was taken away again must not count as added.
  return { ...state, scaleInCooldownUntilSeconds, scaleOutCooldown: null };
}

function runningScaleOutCooldown({ scaleOutCooldown }: ScalingState, nowSeconds: number) {
  return scaleOutCooldown !== null && nowSeconds < scaleOutCooldown.untilSeconds ? scaleOutCooldown : null;
}

/**
 * Instances that warm up count as capacity, but only the warm ones tell how much is needed: what is asked for beyond
 * the warm ones is credited with those on their way (EC2 Auto Scaling guide, default instance warm-up).
 */
function creditBase(state: ScalingState, { nowSeconds, warmup }: ScalingInput): number | null {
  if (warmup !== null) return warmup.warming > 0 ? warmup.warm : null;
  return runningScaleOutCooldown(state, nowSeconds)?.baseCapacity ?? null;
}

function scaleInMustWait(state: ScalingState, { plan, input: { nowSeconds, warmup } }: Evaluation): boolean {
  if (warmup !== null && warmup.warming > 0) return true;
  if (nowSeconds < state.scaleInCooldownUntilSeconds) return true;
  return (
    plan.assumptions.scaleInDuringScaleOutCooldown === 'refused' &&
    runningScaleOutCooldown(state, nowSeconds) !== null
  );
}

/** What would have been done, were it not suspended (Application Auto Scaling guide, suspending and resuming scaling). */
const suspended = (wish: Candidate, field: Extract<Remark, `${string}Suspended`>): Candidate => ({
  ...wish,
  explain: () => {
    const { cause, reason } = wish.explain();
    return { cause, reason: `${reason}; not done, because ${field} is true` };
  },
});

type Outcome = Pick<ScalingDecision, 'outcome' | 'reasonCode'>;

const declined = (reasonCode: ReasonCode): Outcome => ({ outcome: 'not-scaled', reasonCode });

/** What becomes of a wish that scaled nothing, by why it did not. */
const outcomes: Readonly<Record<ReasonCode | Remark, Outcome>> = {
  AutoScalingAnticipatedFlapping: declined('AutoScalingAnticipatedFlapping'),
  TargetServicePutResourceAsUnscalable: declined('TargetServicePutResourceAsUnscalable'),
  AlreadyAtMaxCapacity: declined('AlreadyAtMaxCapacity'),
  AlreadyAtMinCapacity: declined('AlreadyAtMinCapacity'),
  AlreadyAtDesiredCapacity: declined('AlreadyAtDesiredCapacity'),
  NoStepAdjustmentFound: { outcome: 'failed' },
  InstancesWarmingUp: { outcome: 'not-scaled' },
  DynamicScalingInSuspended: { outcome: 'not-scaled' },
  DynamicScalingOutSuspended: { outcome: 'not-scaled' },
};

/** Collects what was not scaled, and why; an outcome that a policy has reported already is left out. */
class Report {
  readonly #state: ScalingState;
  readonly #desired: number;
  #reported: ScalingState['reported'];
  #decisions: ScalingDecision[] | null = null;

  constructor(state: ScalingState, desired: number) {
    this.#state = state;
    this.#desired = desired;
    this.#reported = state.reported;
  }

  add(code: ReasonCode | Remark | null, { policy, explain }: Pick<Candidate, 'policy' | 'explain'>): void {
    if (code === null || this.#reported[policy.index] === code) return;
    this.#reported = this.#reported.with(policy.index, code);
    const decision = { policy: policy.name, from: this.#desired, to: this.#desired, ...explain() };
    (this.#decisions ??= []).push({ ...decision, ...outcomes[code] });
  }

  nothingScaled(): Acted {
    const state =
      this.#reported === this.#state.reported ? this.#state : { ...this.#state, reported: this.#reported };
    return { state, desired: this.#desired, decisions: this.#decisions ?? noDecisions };
  }
}
