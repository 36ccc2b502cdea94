import type { AlarmState } from '../alarms/alarm.ts';
import type { PlannedAlarm, PlannedMetric, PlannedPolicy, ScalingPlan } from '../plan/plan.ts';
import type { Candidate, Explanation, Situation } from './candidate.ts';
import type { ScalingInput } from './scaling-decision.ts';
import type { ScalingState } from './scaling-state.ts';

/** What one evaluation knows. */
export interface Evaluation {
  readonly plan: ScalingPlan;
  readonly input: ScalingInput;
  readonly situation: Situation;
  readonly alarmStates: readonly AlarmState[];
  readonly dueMetrics: readonly PlannedMetric[];
}

/** What a policy asks for by itself. */
export type Wish =
  /** `stays`: asks for no change, and has no say in what others ask for. */
  | { readonly kind: 'out' | 'in' | 'stays'; readonly candidate: Candidate }
  /** No step matches the metric value: Application Auto Scaling’s “No step adjustment found”. */
  | { readonly kind: 'failed'; readonly policy: PlannedPolicy; readonly explain: () => Explanation };

/**
 * Where a policy is: `acts` on its own; `high` or `low` with an alarm in ALARM, and `at-maximum` or `at-minimum` when it
 * has reported already that the bound leaves it nothing to do; `between` when it keeps the others from scaling in; or `silent`.
 */
type Stance = 'acts' | 'high' | 'at-maximum' | 'low' | 'at-minimum' | 'between' | 'silent';

/** The arithmetic of one kind of policy. */
export interface PolicyArithmetic<Policy extends PlannedPolicy = PlannedPolicy> {
  stance(policy: Policy, state: ScalingState, desired: number): Stance;
  /** What it asks for by itself, its metric having been evaluated now. */
  wish(policy: Policy, evaluation: Evaluation): Wish | undefined;
  /** True when it finds the service too small: then nothing scales in. */
  holdsCapacity(policy: Policy, evaluation: Evaluation): boolean;
  /** The scale-in that it would agree to together with the others; undefined when it is not ready, null when it is not asked. */
  agreedScaleIn(policy: Policy, evaluation: Evaluation): Candidate | undefined | null;
}

export const inAlarm = (alarm: PlannedAlarm, { alarmStates }: Pick<Evaluation, 'alarmStates'>): boolean =>
  alarmStates[alarm.index] === 'ALARM';
