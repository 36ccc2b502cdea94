import type { Effects } from '../effect.ts';

const codeDeploy = { preset: 'blue-green' } as const;
const linear = { ...codeDeploy, beside: ['release.shift={"kind":"linear"}'] } as const;
const ids = { beside: ['delivery.repositoryId=1', 'delivery.ownerId=2'] } as const;
const files = { preset: 'stateless-asg' } as const;

/** Releases, alarms, logs, delivery, state and what is protected. */
export const operationEffects: Effects = {
  profile: { set: 'profile=production', in: 'terraform' },
  'deployment.minimumHealthyPercent': { set: 'deployment.minimumHealthyPercent=50' },
  'deployment.maximumPercent': { set: 'deployment.maximumPercent=150' },
  'deployment.circuitBreaker.enabled': {
    beside: ['deployment.circuitBreaker.rollback=false'],
    set: 'deployment.circuitBreaker.enabled=false',
  },
  'deployment.circuitBreaker.rollback': { set: 'deployment.circuitBreaker.rollback=false' },
  'deployment.availabilityZoneRebalancing': { set: 'deployment.availabilityZoneRebalancing=false' },
  'release.kind=rolling': { ...codeDeploy, set: 'release={"kind":"rolling"}' },
  'release.kind=blue-green': { preset: 'fargate-alb', set: 'release={"kind":"blue-green"}' },
  'release (blue-green).shift.kind=all-at-once': {
    ...codeDeploy,
    set: 'release.shift={"kind":"all-at-once"}',
  },
  'release (blue-green).shift.kind=canary': { ...linear, set: 'release.shift={"kind":"canary"}' },
  'release (blue-green).shift (canary).percent': { ...codeDeploy, set: 'release.shift.percent=20' },
  'release (blue-green).shift (canary).intervalMinutes': {
    ...codeDeploy,
    set: 'release.shift.intervalMinutes=7',
  },
  'release (blue-green).shift.kind=linear': { ...codeDeploy, set: 'release.shift={"kind":"linear"}' },
  'release (blue-green).shift (linear).percent': { ...linear, set: 'release.shift.percent=20' },
  'release (blue-green).shift (linear).intervalMinutes': {
    ...linear,
    set: 'release.shift.intervalMinutes=7',
  },
  'release (blue-green).testListenerPort': { ...codeDeploy, set: 'release.testListenerPort=9001' },
  'release (blue-green).terminationWaitMinutes': { ...codeDeploy, set: 'release.terminationWaitMinutes=17' },
  'release (blue-green).rollbackOnAlarm.errorRatePercent': {
    ...codeDeploy,
    set: 'release.rollbackOnAlarm.errorRatePercent=2',
  },
  'release (blue-green).rollbackOnAlarm.p99Milliseconds': {
    ...codeDeploy,
    set: 'release.rollbackOnAlarm.p99Milliseconds=750',
  },
  'release (blue-green).rollbackOnAlarm.evaluationPeriods': {
    ...codeDeploy,
    set: 'release.rollbackOnAlarm.evaluationPeriods=3',
  },
  'monitoring.resolutionSeconds': { set: 'monitoring.resolutionSeconds=20', in: 'plan' },
  'observability.logRetentionDays': { set: 'observability.logRetentionDays=7' },
  'observability.customerManagedKeys': {
    set: 'observability.customerManagedKeys=true',
    in: 'terraform',
  },
  'observability.alarmEmail': { set: 'observability.alarmEmail=ops@shop.example' },
  'observability.alarms.unhealthyHostMinutes': { set: 'observability.alarms.unhealthyHostMinutes=3' },
  'observability.alarms.serverErrorPercent': { set: 'observability.alarms.serverErrorPercent=5' },
  'observability.alarms.serverErrorMinutes': { set: 'observability.alarms.serverErrorMinutes=4' },
  'observability.alarms.cpuPercent': { set: 'observability.alarms.cpuPercent=70' },
  'observability.alarms.cpuMinutes': { set: 'observability.alarms.cpuMinutes=6' },
  'observability.alarms.maximumCapacityMinutes': { set: 'observability.alarms.maximumCapacityMinutes=8' },
  'observability.tracing.enabled': {
    beside: ['network.egress=nat'],
    set: 'observability.tracing.enabled=true',
  },
  'observability.tracing.sampledPercent': {
    beside: ['network.egress=nat', 'observability.tracing.enabled=true'],
    set: 'observability.tracing.sampledPercent=20',
  },
  'observability.tracing.propagation': {
    beside: ['network.egress=nat', 'observability.tracing.enabled=true'],
    set: 'observability.tracing.propagation=xray',
  },
  'observability.tracing.collectorCpuUnits': {
    beside: ['network.egress=nat', 'observability.tracing.enabled=true'],
    set: 'observability.tracing.collectorCpuUnits=48',
  },
  'observability.tracing.collectorMemoryMiB': {
    beside: ['network.egress=nat', 'observability.tracing.enabled=true'],
    set: 'observability.tracing.collectorMemoryMiB=160',
  },
  'observability.tracing.collectorImage': {
    beside: ['network.egress=nat', 'observability.tracing.enabled=true'],
    set: 'observability.tracing.collectorImage=public.ecr.aws/shop/collector:1',
  },
  'loadRunner.containerInsights': {
    preset: 'stateless-asg',
    set: 'loadRunner.containerInsights=true',
    in: 'terraform',
  },
  'loadRunner.cpuUnits': { set: 'loadRunner.cpuUnits=2048', beside: ['loadRunner.memoryMiB=4096'] },
  'loadRunner.memoryMiB': { set: 'loadRunner.memoryMiB=4096' },
  'delivery.environment': { set: 'delivery.environment=production' },
  'delivery.subject': { set: 'delivery.subject=names' },
  'delivery.repositoryId': { ...ids, set: 'delivery.repositoryId=42' },
  'delivery.ownerId': { ...ids, set: 'delivery.ownerId=42' },
  'delivery.oidcProvider': { set: 'delivery.oidcProvider=existing' },
  'state.lock': { set: 'state.lock=s3' },
  'protection.state': { set: 'protection.state=false' },
  'protection.images': { set: 'protection.images=false' },
  'protection.files': { ...files, set: 'protection.files=false' },
  'protection.secretRecoveryDays': { ...files, set: 'protection.secretRecoveryDays=7' },
  'protection.loadBalancer': { set: 'protection.loadBalancer=true' },
  'scaling.suspendedState.dynamicScalingInSuspended': {
    set: 'scaling.suspendedState.dynamicScalingInSuspended=true',
  },
  'scaling.suspendedState.dynamicScalingOutSuspended': {
    set: 'scaling.suspendedState.dynamicScalingOutSuspended=true',
  },
  'scaling.suspendedState.scheduledScalingSuspended': {
    set: 'scaling.suspendedState.scheduledScalingSuspended=true',
  },
};
