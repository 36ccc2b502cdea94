import type { Environment, PolicyMetric, ScalingPolicy } from '@tideline/config';

/** Metrics that alarms watch; each is billed. */
export interface AlarmMetrics {
  readonly standard: number;
  /** Of alarms at less than 60 s. */
  readonly highResolution: number;
}

/** Alarms that notify people, and the metrics that they watch. */
export interface OwnAlarms {
  readonly alarms: number;
  readonly metrics: number;
}

/**
 * Sick targets, CPU and maximum capacity watch one metric each, and so do tasks that wait for instances where ECS launches
 * these; the share of errors is made of three. Where there are two target groups, sick targets are those of both.
 */
export function ownAlarmMetrics({ compute, release }: Pick<Environment, 'compute' | 'release'>): OwnAlarms {
  const waiting = compute.kind === 'ecs-ec2' ? 1 : 0;
  const secondGroup = release.kind === 'blue-green' ? 1 : 0;
  return { alarms: 4 + waiting, metrics: 6 + waiting + secondGroup };
}

/** Requests and errors of both target groups, the balancer’s own errors, and the response time of both groups. */
export const releaseAlarmMetrics = (): OwnAlarms => ({ alarms: 2, metrics: 7 });

/** Two alarms that ECS makes for a capacity provider, which tracks one metric. */
const managedScalingAlarms = 2;

/**
 * Metrics of the alarms that scaling has: two alarms of each target-tracking policy, which AWS makes, one of each step
 * policy, and those of managed scaling.
 */
export function scalingAlarmMetrics({ scaling, monitoring, compute }: Environment): AlarmMetrics {
  let standard = compute.kind === 'ecs-ec2' ? managedScalingAlarms : 0;
  let highResolution = 0;
  for (const policy of scaling.policies) {
    if (policy.type === 'scheduled') continue;
    const metrics = alarmsOf(policy) * metricsOf(policy.metric);
    const isFast =
      monitoring.resolutionSeconds < 60 && (policy.metric.kind === 'cpu' || policy.metric.kind === 'memory');
    if (isFast) highResolution += metrics;
    else standard += metrics;
  }
  return { standard, highResolution };
}

/** A policy that never scales in has no alarm for it. */
const alarmsOf = (policy: Exclude<ScalingPolicy, { type: 'scheduled' }>): number =>
  policy.type === 'target-tracking' && policy.scaleInEnabled ? 2 : 1;

function metricsOf(metric: PolicyMetric): number {
  if (metric.kind === 'sum') return metric.metrics.length;
  // One of each target group.
  return metric.kind === 'requests-per-target' && metric.acrossTargetGroups ? 2 : 1;
}
