import type { AlarmState } from '../alarms/alarm.ts';
import type { ScalingPlan } from '../plan/plan.ts';

/** Why Application Auto Scaling did not scale. */
export type ReasonCode =
  | 'AutoScalingAnticipatedFlapping'
  | 'TargetServicePutResourceAsUnscalable'
  | 'AlreadyAtMaxCapacity'
  | 'AlreadyAtMinCapacity'
  | 'AlreadyAtDesiredCapacity';

/** What a policy has to say beyond AWS’s codes when it scaled nothing; a `NoStepAdjustmentFound` has failed. */
export type Remark =
  'NoStepAdjustmentFound' | 'InstancesWarmingUp' | 'DynamicScalingInSuspended' | 'DynamicScalingOutSuspended';

/** A scale-out whose capacity still counts towards the next one. */
interface ScaleOutCooldown {
  readonly untilSeconds: number;
  /** Running tasks before the first scale-out of the cooldown; further ones are worked out from here. */
  readonly baseCapacity: number;
}

/** What scaling remembers between two evaluations. Never modified: an evaluation returns the next one. */
export interface ScalingState {
  /** Bounds in force: scheduled actions change them, and a forecast raises the minimum. */
  readonly min: number;
  readonly max: number;
  /** The minimum without a forecast. */
  readonly ownMin: number;
  /** Least capacity that a forecast asks for, before the maximum cuts it; null before the first one. */
  readonly forecastMin: number | null;
  /** The last evaluation, cloud seconds. */
  readonly evaluatedSeconds: number;
  /** By `PlannedAlarm.index`. */
  readonly alarmStates: readonly AlarmState[];
  readonly scaleOutCooldown: ScaleOutCooldown | null;
  /** Minus infinity when none runs. */
  readonly scaleInCooldownUntilSeconds: number;
  /** By `PlannedPolicy.index`: the outcome that was reported last, when nothing was scaled. */
  readonly reported: readonly (ReasonCode | Remark | null)[];
}

/** Before the first evaluation: every alarm lacks data, no cooldown runs. */
export function initialScalingState(plan: ScalingPlan): ScalingState {
  return {
    min: plan.capacity.min,
    max: plan.capacity.max,
    ownMin: plan.capacity.min,
    forecastMin: null,
    // So that an action scheduled for second 0 still runs.
    evaluatedSeconds: -1,
    alarmStates: plan.alarms.map(() => 'INSUFFICIENT_DATA'),
    scaleOutCooldown: null,
    scaleInCooldownUntilSeconds: -Infinity,
    reported: plan.policies.map(() => null),
  };
}
