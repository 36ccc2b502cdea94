export { ConfigurationError, type Problem } from './configuration-error.ts';
export type {
  AlarmWindow,
  Assumptions,
  Environment,
  EnvironmentInput,
  LoadEndpoint,
  LoadProfile,
  LoadProfileInput,
  LoadStage,
  PolicyMetric,
  ScalingPolicy,
  ScheduledAction,
  StepPolicy,
  TargetMetric,
  TargetTrackingPolicy,
} from './environment.ts';
export {
  type CloudWatchMetric,
  type MetricReference,
  customKey,
  metricReference,
  targetValue,
  thresholdInMetricUnit,
} from './metric-reference.ts';
export { type ResourceNames, availabilityZoneNames, resourceNames } from './naming.ts';
export { loadProfile, loadProfileNames, presetInput, presetNames } from './presets.ts';
export { resolveEnvironment, resolveLoadProfile } from './resolve-environment.ts';
