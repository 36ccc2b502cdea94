import type { PlannedScheduledAction, ScalingPlan } from '../plan/plan.ts';
import type { ScalingDecision, ScalingInput } from './scaling-decision.ts';
import type { ScalingState } from './scaling-state.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
}

interface ScheduledOutcome extends Bounds {
  readonly desired: number;
  readonly decisions: readonly ScalingDecision[];
}

/**
 * Runs the scheduled actions that became due since the last evaluation, in order of time. An action sets the bounds
 * and brings the desired count inside them, whatever cooldown runs (Application Auto Scaling guide, scheduled scaling).
 */
export function runScheduledActions(
  plan: ScalingPlan,
  state: ScalingState,
  input: ScalingInput,
): ScheduledOutcome {
  const running = input.deploymentInProgress ? 'deploying' : 'steady';
  const service = plan.suspended.scheduledScalingSuspended ? 'suspended' : running;
  let outcome: ScheduledOutcome = {
    min: state.ownMin,
    max: state.max,
    desired: input.desired,
    decisions: [],
  };
  for (const { action } of dueActions(plan, state.evaluatedSeconds, input.nowSeconds))
    outcome = run(action, outcome, service);
  return outcome;
}

/** Bounds that the scheduled actions of a plan have left by a cloud second, from those of its description on. */
export function boundsBy(plan: ScalingPlan, seconds: number): Bounds {
  const { min, max } = plan.capacity;
  const service = plan.suspended.scheduledScalingSuspended ? 'suspended' : 'steady';
  let outcome: ScheduledOutcome = { min, max, desired: min, decisions: [] };
  for (const { action } of dueActions(plan, -1, seconds)) outcome = run(action, outcome, service);
  return { min: outcome.min, max: outcome.max };
}

function dueActions(plan: ScalingPlan, lastSeconds: number, nowSeconds: number) {
  if (plan.scheduledActions.length === 0) return [];
  const due: { readonly seconds: number; readonly action: PlannedScheduledAction }[] = [];
  for (const action of plan.scheduledActions) {
    const { nextAfterSeconds } = action.schedule;
    for (let at = nextAfterSeconds(lastSeconds); at <= nowSeconds; at = nextAfterSeconds(at))
      due.push({ seconds: at, action });
  }
  return due.sort((left, right) => left.seconds - right.seconds);
}

function run(
  action: PlannedScheduledAction,
  before: ScheduledOutcome,
  service: 'deploying' | 'steady' | 'suspended',
): ScheduledOutcome {
  const bounds = { min: action.minCapacity ?? before.min, max: action.maxCapacity ?? before.max };
  const decision = (
    rest: Pick<ScalingDecision, 'outcome' | 'to' | 'reason' | 'reasonCode'>,
  ): ScalingDecision => ({
    policy: action.name,
    from: before.desired,
    cause: `scheduled action ${action.name} was triggered: ${boundsText(action)}`,
    ...rest,
  });
  const outcome = (next: Bounds, made: ScalingDecision): ScheduledOutcome => ({
    ...next,
    desired: made.to,
    decisions: [...before.decisions, made],
  });
  if (service === 'suspended')
    return outcome(
      before,
      decision({
        outcome: 'not-scaled',
        to: before.desired,
        reason: 'not done, because ScheduledScalingSuspended is true: the bounds stay as they are',
      }),
    );
  if (bounds.min > bounds.max)
    return outcome(
      before,
      decision({
        outcome: 'failed',
        to: before.desired,
        reason: `the minimum would be ${bounds.min} and the maximum ${bounds.max}: the bounds stay as they are`,
      }),
    );
  const to = Math.min(Math.max(before.desired, bounds.min), bounds.max);
  if (to === before.desired) return { ...before, ...bounds };
  const reason = `capacity is now between ${bounds.min} and ${bounds.max}, and ${before.desired} is outside`;
  if (to < before.desired && service === 'deploying')
    return outcome(
      bounds,
      decision({
        outcome: 'not-scaled',
        to: before.desired,
        reason: `${reason}, but nothing is scaled in while a deployment runs`,
        reasonCode: 'TargetServicePutResourceAsUnscalable',
      }),
    );
  return outcome(bounds, decision({ outcome: 'scaled', to, reason }));
}

function boundsText({ minCapacity, maxCapacity }: PlannedScheduledAction): string {
  const parts = [];
  if (minCapacity !== null) parts.push(`minimum capacity was set to ${minCapacity}`);
  if (maxCapacity !== null) parts.push(`maximum capacity was set to ${maxCapacity}`);
  return parts.join(' and ');
}
