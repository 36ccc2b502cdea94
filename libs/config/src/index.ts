export {
  type AlarmComparison,
  type AlarmFacts,
  type AlarmQuery,
  type AlarmWindow,
  type MissingDataTreatment,
  type ScalingAlarm,
  comparisonSigns,
  metricQueries,
  watchedMetrics,
} from './alarms/alarm-facts.ts';
export {
  managedScaling,
  reservationMetric,
  reservationKey,
  reservationPeriodSeconds,
} from './alarms/managed-scaling.ts';
export { type Tracking, trackingAlarms, trackingDefaults } from './alarms/tracking-alarms.ts';
export { type AssumptionAlternative, assumptionAlternatives } from './assumption-alternatives.ts';
export { type AssumptionRemark, assumptionRemarks } from './assumption-remarks.ts';
export type { AssumptionCode } from './codes/assumption-codes.ts';
export { type DeploymentCode, deploymentCodes } from './codes/deployment-codes.ts';
export type { CodeEntry, ErrorCode, ProblemCode, WarningCode } from './codes/problem-code.ts';
export { ConfigurationError, type Problem, formatProblems } from './configuration-error.ts';
export type {
  Assumptions,
  Compute,
  ComputeKindName,
  DeepReadonly,
  Environment,
  EnvironmentInput,
  Ingress,
  LoadEndpoint,
  LoadProfile,
  LoadProfileInput,
  LoadStage,
  PolicyMetric,
  PredictivePolicy,
  ReleaseSettings,
  ScalingPolicy,
  ScheduledAction,
  Shift,
  StepPolicy,
  TargetMetric,
  TargetTrackingPolicy,
} from './environment.ts';
export type { CapacityFacts, CapacityNoun, CapacityUnit, ComputeFacts } from './compute/compute-kind.ts';
export { capacityFacts, capacityUnit, computeFacts, computeKinds } from './compute/compute-kinds.ts';
export {
  type Confinement,
  type RuntimeKindName,
  confinement,
  hasImage,
  isShippedBackend,
  namedImage,
  runtimeKindOf,
  secretArns,
} from './container/container-facts.ts';
export { healthCheckFacts, healthCommandOf } from './container/health-check-kinds.ts';
export { applicationRestartSeconds } from './compute/ec2-asg.ts';
export { type WarmPool, launchHookSeconds, lifecyclePollSeconds, warmPoolSize } from './compute/warm-pool.ts';
export {
  type HostResources,
  hostSize,
  instancesForTasks,
  tasksPerInstance,
} from './compute/container-instance.ts';
export { judgementOf, securityBaseline } from './baseline/baseline.ts';
export type { BaselineControl, Judgement, Verdict } from './baseline/control.ts';
export { type CreditUse, creditUses } from './compute/credit-use.ts';
export { counted } from './counted.ts';
export { type DeployTrust, deployTrust } from './deploy-trust.ts';
export { type DeploymentVariable, deploymentVariables } from './deployment-variables.ts';
export { type EgressPrice, egressPrice, hoursPerMonth } from './prices/egress-price.ts';
export { environmentWarnings } from './warnings/environment-warnings.ts';
export { peakRequestsPerSecond } from './expected-load.ts';
export { variableName } from './overrides/settings.ts';
export { type EnvironmentSources, loadEnvironment } from './overrides/load-environment.ts';
export { type EnvironmentAlarms, environmentAlarms } from './environment-alarms.ts';
export type { CloudWatchMetric, MetricScope } from './metrics/metric-kind.ts';
export {
  type MetricReference,
  datapointKey,
  metricKey,
  metricKind,
  metricReference,
  predefinedMetricType,
  targetValue,
  thresholdInMetricUnit,
} from './metrics/metric-kinds.ts';
export { nodeMetric, sessionStoreMetrics, sessionStoreNodes } from './alarms/session-alarms.ts';
export { fleetFacts } from './metrics/fleet-facts.ts';
export {
  type ResourceNames,
  appContainerName,
  loadRunnerContainerName,
  loadRunnerDescriptionVariable,
  availabilityZoneNames,
  bucketNames,
  deployRecordKey,
  deploymentConfiguration,
  environmentTags,
  originHeader,
  resourceNames,
  stateKey,
  stateLockKey,
  stepAlarmName,
} from './naming.ts';
export { type StackId, environmentStackIds, stackIds, stackNeeds } from './stack-ids.ts';
export {
  type CpuCredits,
  type InstanceSize,
  type InstanceType,
  cpuCreditsOf,
  instanceTypes,
} from './compute/instance-types.ts';
export { nearestName } from './problems/nearest-name.mjs';
export { settingPaths } from './schema/setting-paths.ts';
export { filled, placeholdersOf } from './schema/load-session.ts';
export { suggestName } from './problems/suggest-name.ts';
export { type ZonePlan, interfaceEndpoints, networkPlan } from './network-plan.ts';
export {
  arnIn,
  gatewayEndpointService,
  globalRegion,
  interfaceEndpointService,
  logsPrincipal,
  partitionOf,
  servicePrincipal,
  tokenAudience,
} from './partition.ts';
export { parseResolvedEnvironment } from './resolve/parse-resolved-environment.ts';
export {
  loadProfile,
  loadProfileNames,
  presetInput,
  presetNames,
  readLoadProfile,
} from './presets/presets.ts';
export { groupMetricPair } from './policies/predictive.ts';
export { stepAlarm } from './policies/step.ts';
export { policyTracking } from './policies/target-tracking.ts';
export {
  type FollowedMetric,
  followedMetrics,
  forecastingPolicies,
  movedBounds,
  policyAlarms,
  policyCooldowns,
  policyKind,
  policyScaleIn,
  widestBounds,
} from './policies/policy-kinds.ts';
export {
  type NodePrice,
  type Price,
  type PriceName,
  type PriceTable,
  listPrices,
  listedRegion,
  readPrices,
  replacePrices,
} from './prices/prices.ts';
export { profiledInput } from './settings-profiles/settings-profiles.ts';
export { type SettingsProfileName, settingsProfileNames } from './schema/settings-profile-names.ts';
export {
  metricLagSecondsByResolution,
  resolveEnvironment,
  resolveLoadProfile,
} from './resolve/resolve-environment.ts';
export { httpApi } from './ingress/ingress-kinds.ts';
export { codeDeployRelease, releaseFacts } from './release/release-kinds.ts';
export { releaseHookVariable } from './release/release-hook.ts';
export { testTrafficSeconds } from './release/test-traffic-schema.ts';
export { type TestTraffic, testTraffic } from './release/test-traffic.ts';
export { type ShiftStep, shiftMinutes, shiftSteps } from './release/shift.ts';
export { type StateLock, excludeEachOther, stateLockFacts, stateLockOf } from './state-lock.ts';
export { type StackOutputs, parseStackOutputs, stackOutputSchemas } from './stack-outputs.ts';
export { type Share, collectorShare, programCpuUnitsAtAws, programShare } from './collector-share.ts';
export { type TraceDestination, traceVariables } from './trace-variables.ts';
export { protectionVariables } from './protection-variables.ts';
export { storefrontVariables } from './storefront-variables.ts';
