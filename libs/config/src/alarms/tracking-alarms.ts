import type { MetricReference } from '../metrics/metric-kinds.ts';
import { trackingAlarmName } from '../naming.ts';
import { type AlarmWindow, type ScalingAlarm, metricQueries } from './alarm-facts.ts';

/** How AWS sets up the alarms of target tracking, as exports of live ones show: all of so many datapoints must breach. */
export const trackingDefaults = {
  highPeriods: 3,
  lowPeriods: 15,
  /** Of the low alarm on a metric of less than 60 s. AWS publishes no figure; that of 20 s is an AWS emulator’s. */
  highResolutionLowPeriods: 30,
  /** The low alarm’s threshold as a fraction of the target. */
  lowThresholdFraction: 0.9,
} as const;

export interface Tracking {
  readonly policy: string;
  /** What the policy scales: part of the alarms’ names. */
  readonly scaledResource: string;
  readonly metric: MetricReference;
  /** In the metric’s CloudWatch unit. */
  readonly target: number;
  readonly high: AlarmWindow;
  /** Null for a policy that never scales in: AWS makes no low alarm for it. */
  readonly low: AlarmWindow | null;
  readonly lowThresholdFraction: number;
}

/** The alarms that AWS makes for a policy that holds a target: one above it, and one clearly below. */
export function trackingAlarms(
  tracking: Tracking,
): readonly [high: ScalingAlarm] | readonly [high: ScalingAlarm, low: ScalingAlarm] {
  const { policy, scaledResource, metric, target, high, low } = tracking;
  const about = (side: 'AlarmHigh' | 'AlarmLow') => ({
    id: `${policy}-${side}`,
    name: trackingAlarmName(scaledResource, policy, side),
    description: `Sets off scaling policy ${policy}`,
    madeBy: 'aws' as const,
    policy,
    metric,
    queries: metricQueries(metric),
    periodSeconds: metric.periodSeconds,
    treatMissingData: 'missing' as const,
  });
  const above: ScalingAlarm = {
    ...about('AlarmHigh'),
    ...high,
    comparison: 'GreaterThanThreshold',
    threshold: target,
    moves: ['out'],
  };
  if (low === null) return [above];
  const below: ScalingAlarm = {
    ...about('AlarmLow'),
    ...low,
    comparison: 'LessThanThreshold',
    threshold: target * tracking.lowThresholdFraction,
    moves: ['in'],
  };
  return [above, below];
}
