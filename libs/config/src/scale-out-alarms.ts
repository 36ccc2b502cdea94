import type { Environment, PolicyMetric } from './environment.ts';
import { metricReference, targetValue, thresholdInMetricUnit } from './metric-reference.ts';

/** The alarm of a policy that may add tasks. */
export interface ScaleOutAlarm {
  readonly policy: string;
  readonly metric: PolicyMetric;
  /** Period of the metric, seconds. */
  readonly periodSeconds: number;
  /** Datapoints that must breach before it fires. */
  readonly datapointsToAlarm: number;
  /** True when this value, in the metric’s CloudWatch unit, breaches it. */
  readonly breaches: (value: number) => boolean;
}

/** Alarms of every policy that may add tasks: tracking policies, and step policies with a step that adds. */
export function scaleOutAlarms(environment: Environment): readonly ScaleOutAlarm[] {
  return environment.scaling.policies.flatMap((policy): ScaleOutAlarm[] => {
    if (policy.type === 'scheduled') return [];
    const common = {
      policy: policy.name,
      metric: policy.metric,
      periodSeconds: metricReference(policy.metric, environment).periodSeconds,
    };
    if (policy.type === 'target-tracking') {
      const target = targetValue(policy.metric);
      const { datapointsToAlarm } = policy.highAlarm;
      return [{ ...common, datapointsToAlarm, breaches: (value) => value > target }];
    }
    if (!policy.steps.some(({ adjustment }) => adjustment > 0)) return [];
    const threshold = thresholdInMetricUnit(policy.metric, policy.alarm.threshold);
    const breaches = comparisons[policy.alarm.comparison];
    const { datapointsToAlarm } = policy.alarm;
    return [{ ...common, datapointsToAlarm, breaches: (value) => breaches(value, threshold) }];
  });
}

const comparisons = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;
