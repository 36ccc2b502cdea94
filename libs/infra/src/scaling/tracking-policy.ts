import type { AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration } from '@cdktf/provider-aws/lib/appautoscaling-policy/index.js';
import { type TargetMetric, type TargetTrackingPolicy, targetValue } from '@tideline/config';
import type { ServiceIdentity } from '../ground/service-metrics.ts';
import {
  type ScaledCapacity,
  dimensionList,
  metricMath,
  predefinedMetric,
  simpleQuery,
} from './customized-metric.ts';

type Configuration = AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration;

/** A target-tracking policy as Application Auto Scaling takes it, with the target in its metric’s CloudWatch unit. */
export const trackingConfiguration = (
  policy: TargetTrackingPolicy,
  capacity: ScaledCapacity<ServiceIdentity>,
): Configuration => ({
  targetValue: targetValue(policy.metric),
  scaleOutCooldown: policy.scaleOutCooldownSeconds,
  scaleInCooldown: policy.scaleInCooldownSeconds,
  disableScaleIn: !policy.scaleInEnabled,
  ...metricSpecification(policy.metric, capacity),
});

function metricSpecification(
  metric: TargetMetric,
  capacity: ScaledCapacity<ServiceIdentity>,
): Pick<Configuration, 'predefinedMetricSpecification' | 'customizedMetricSpecification'> {
  const predefined = predefinedMetric(metric, capacity);
  if (predefined !== null) return { predefinedMetricSpecification: predefined };
  const query = simpleQuery(metric, capacity);
  if (query === undefined) return { customizedMetricSpecification: metricMath(metric, capacity) };
  const { namespace, metricName, statistic } = query;
  const dimensions = dimensionList(query);
  return { customizedMetricSpecification: { namespace, metricName, statistic, dimensions } };
}
