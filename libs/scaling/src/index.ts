export { type AlarmRule, type AlarmState, type Comparison, evaluateAlarm } from './alarms/alarm.ts';
export { type Datapoint, type DatapointSource, sumDatapoints } from './alarms/datapoint.ts';
export type { ForecastError } from './forecast/forecast-error.ts';
export { type HourlyHistory, forecastHourly } from './forecast/forecast-hourly.ts';
export type { Forecast, PolicyForecaster, PolicyForecasts } from './forecast/policy-forecaster.ts';
export { createForecasters, hourlyRates } from './forecast/create-forecasters.ts';
export { capacityReservationPercent, instancesNeeded } from './plan/capacity-reservation.ts';
export { boundsBy } from './evaluate/scheduled-actions.ts';
export { evaluateScaling } from './evaluate/evaluate-scaling.ts';
export { nextEvaluationSeconds } from './evaluate/evaluation-time.ts';
export { inServiceShare, warmStartBounds } from './simulate/simulated-instances.ts';
export { metricLagSeconds } from './plan/metric-lag.ts';
export type {
  PlannedAlarm,
  PlannedMetric,
  PlannedPolicy,
  PlannedPredictive,
  PlannedScheduledAction,
  PlannedStep,
  PlannedTracking,
  ScalingPlan,
} from './plan/plan.ts';
export { planManagedScaling } from './plan/plan-managed-scaling.ts';
export { alarmRule } from './plan/plan-builder.ts';
export { type PlanOptions, planScaling } from './plan/plan-scaling.ts';
export type {
  AlarmChange,
  ScalingDecision,
  ScalingInput,
  ScalingOutcome,
  WarmupCounts,
} from './evaluate/scaling-decision.ts';
export { type ReasonCode, type ScalingState, initialScalingState } from './evaluate/scaling-state.ts';
export {
  type CustomSeries,
  type LoadTrace,
  type Simulation,
  type SimulationOptions,
  type SimulationPoint,
  simulationDefaults,
} from './simulate/simulation.ts';
export { otherChoices } from './replay/other-choices.ts';
export type { RecordedRun } from './replay/replay.ts';
export { simulate } from './simulate/simulate.ts';
export { simulatedMetrics } from './simulate/simulated-metrics.ts';
export { randomFrom } from './simulate/seeded-random.ts';
export { UtilisationPeriod } from './utilisation/utilisation-period.ts';
