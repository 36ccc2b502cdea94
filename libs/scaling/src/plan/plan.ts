import type { Assumptions, Environment, PredictivePolicy, StepPolicy } from '@tideline/config';
import type { AlarmRule } from '../alarms/alarm.ts';
import type { Schedule } from './read-schedule.ts';

/** A metric that alarms watch. */
export interface PlannedMetric {
  /** What a policy’s metric is called: `MetricReference.key`. */
  readonly key: string;
  /** What the datapoint source is asked for: `[key]`, or the addends of a sum. */
  readonly sourceKeys: readonly string[];
  readonly periodSeconds: number;
  /** Time from the end of a period until its datapoint is visible. */
  readonly lagSeconds: number;
  readonly alarms: readonly PlannedAlarm[];
}

/** An alarm, with what is known of it beforehand. */
export interface PlannedAlarm extends AlarmRule {
  readonly name: string;
  readonly metricKey: string;
  /** Place in `ScalingPlan.alarms` and `ScalingState.alarmStates`. */
  readonly index: number;
}

/** One step in the metric’s CloudWatch unit; bounds are relative to the alarm’s threshold, null is infinity. */
export type StepAdjustment = StepPolicy['steps'][number];

interface PlannedPolicyBase {
  readonly name: string;
  /** Place in `ScalingPlan.policies`. */
  readonly index: number;
  readonly metricKey: string;
  readonly metric: PlannedMetric;
  /** Every alarm of the policy. */
  readonly alarms: readonly PlannedAlarm[];
}

/** By the rules of Application Auto Scaling and EC2 Auto Scaling, or by those of a capacity provider. */
type TrackingType = 'target-tracking' | 'managed-scaling';

export interface PlannedTracking<Type extends TrackingType = TrackingType> extends PlannedPolicyBase {
  readonly type: Type;
  /** In the metric’s CloudWatch unit. */
  readonly target: number;
  readonly highAlarm: PlannedAlarm;
  /** Null when the policy never scales in. */
  readonly lowAlarm: PlannedAlarm | null;
  readonly scaleOutCooldownSeconds: number;
  readonly scaleInCooldownSeconds: number;
}

export interface PlannedStep extends PlannedPolicyBase {
  readonly type: 'step';
  readonly target: null;
  readonly alarm: PlannedAlarm;
  /** Bounds in the metric’s CloudWatch unit. */
  readonly steps: readonly StepAdjustment[];
  readonly adjustmentType: StepPolicy['adjustmentType'];
  readonly minAdjustmentMagnitude: number;
  readonly aggregation: StepPolicy['aggregation'];
  readonly scaleOutCooldownSeconds: number;
  readonly scaleInCooldownSeconds: number;
}

/** A policy that an alarm drives. */
export type PlannedPolicy =
  PlannedTracking<'target-tracking'> | PlannedTracking<'managed-scaling'> | PlannedStep;

export interface PlannedScheduledAction {
  readonly name: string;
  readonly schedule: Schedule;
  readonly minCapacity: number | null;
  readonly maxCapacity: number | null;
}

/** Hours of the calendar, as cloud time counts them. */
export interface PlannedHours {
  /** Calendar instant of cloud second 0. */
  readonly startedAt: Date;
  /** Cloud second at which the hour of second 0 begins: 0, or less. */
  readonly startSeconds: number;
}

/** A predictive policy: forecasts drive it, and no alarm. */
export interface PlannedPredictive {
  readonly name: string;
  /** What it forecasts, over all tasks or instances. */
  readonly metric: Pick<PlannedMetric, 'key' | 'periodSeconds' | 'lagSeconds'>;
  /** Of one task or instance, in the metric’s CloudWatch unit. */
  readonly target: number;
  readonly mode: PredictivePolicy['mode'];
  /** Time before an hour at which its capacity is launched. */
  readonly schedulingBufferSeconds: number;
  /** Room above a forecast that raises the maximum, percent of it; null where the maximum is honoured. */
  readonly maxCapacityBufferPercent: number | null;
  /** Percentile of like hours that is forecast. */
  readonly percentile: number;
  readonly hours: PlannedHours;
}

/** What an environment’s scaling comes down to, worked out once. */
export interface ScalingPlan {
  /** What one unit of capacity is called. */
  readonly unit: 'task' | 'instance';
  readonly capacity: { readonly min: number; readonly max: number };
  readonly metrics: readonly PlannedMetric[];
  readonly alarms: readonly PlannedAlarm[];
  readonly policies: readonly PlannedPolicy[];
  readonly scheduledActions: readonly PlannedScheduledAction[];
  readonly predictive: readonly PlannedPredictive[];
  /** What of scaling is suspended. */
  readonly suspended: Environment['scaling']['suspendedState'];
  readonly assumptions: Assumptions;
}
