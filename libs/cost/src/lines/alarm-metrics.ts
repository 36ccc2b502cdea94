import type { Environment, PolicyMetric, ScalingPolicy } from '@tideline/config';

/** Metrics that alarms watch; each is billed. */
export interface AlarmMetrics {
  readonly standard: number;
  /** Of alarms at less than 60 s. */
  readonly highResolution: number;
}

/** Sick targets, CPU and maximum capacity watch one metric each; the share of errors is made of three. */
export const ownAlarmMetrics = { alarms: 4, metrics: 6 } as const;

/** Metrics of the alarms that scaling has: two alarms of each target-tracking policy, which AWS makes, and one of each step policy. */
export function scalingAlarmMetrics({ scaling, monitoring }: Environment): AlarmMetrics {
  let standard = 0;
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

const metricsOf = (metric: PolicyMetric): number => (metric.kind === 'sum' ? metric.metrics.length : 1);
