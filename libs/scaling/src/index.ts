export { type AlarmRule, type AlarmState, type Comparison, evaluateAlarm } from './alarm.ts';
export { type Datapoint, type DatapointSource, sumDatapoints } from './datapoint.ts';
export { capacityReservationPercent, instancesNeeded } from './capacity-reservation.ts';
export { evaluateScaling } from './evaluate-scaling.ts';
export { nextEvaluationSeconds } from './evaluation-time.ts';
export { inServiceShare } from './instance-start.ts';
export { metricLagSeconds } from './metric-lag.ts';
export type {
  PlannedAlarm,
  PlannedMetric,
  PlannedPolicy,
  PlannedScheduledAction,
  PlannedStep,
  PlannedTracking,
  ScalingPlan,
} from './plan.ts';
export { planManagedScaling, reservationKey, reservationPeriodSeconds } from './plan-managed-scaling.ts';
export { type PlanOptions, planScaling } from './plan-scaling.ts';
export type {
  AlarmChange,
  ReasonCode,
  ScalingDecision,
  ScalingInput,
  ScalingOutcome,
  WarmupCounts,
} from './scaling-decision.ts';
export { type ScalingState, initialScalingState } from './scaling-state.ts';
export type {
  CustomSeries,
  LoadTrace,
  Simulation,
  SimulationOptions,
  SimulationPoint,
} from './simulation.ts';
export { simulate } from './simulate.ts';
