import type { AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration } from '@cdktf/provider-aws/lib/appautoscaling-policy/index.js';
import { type TargetTrackingPolicy, targetValue } from '@tideline/config';
import { dimensionList, metricMath, simpleQuery } from './customized-metric.ts';
import { type CloudWatchQuery, type ServiceIdentity, policyQueries } from '../ground/service-metrics.ts';

type Configuration = AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration;

/** A target-tracking policy as Application Auto Scaling takes it, with the target in its metric’s CloudWatch unit. */
export const trackingConfiguration = (
  policy: TargetTrackingPolicy,
  identity: ServiceIdentity,
): Configuration => ({
  targetValue: targetValue(policy.metric),
  scaleOutCooldown: policy.scaleOutCooldownSeconds,
  scaleInCooldown: policy.scaleInCooldownSeconds,
  disableScaleIn: !policy.scaleInEnabled,
  ...metricSpecification(policy.metric, identity),
});

function metricSpecification(
  metric: TargetTrackingPolicy['metric'],
  identity: ServiceIdentity,
): Pick<Configuration, 'predefinedMetricSpecification' | 'customizedMetricSpecification'> {
  switch (metric.kind) {
    case 'cpu':
      return predefined('ECSServiceAverageCPUUtilization');
    case 'memory':
      return predefined('ECSServiceAverageMemoryUtilization');
    case 'requests-per-target':
      // AWS’s own metric follows one target group, and blue/green releases have two that take turns.
      if (metric.acrossTargetGroups)
        return { customizedMetricSpecification: customized(metric, policyQueries(metric, identity)) };
      return predefined(
        'ALBRequestCountPerTarget',
        `${identity.loadBalancerSuffix}/${identity.targetGroupSuffix}`,
      );
    case 'response-time':
    case 'custom':
    case 'sum':
      return { customizedMetricSpecification: customized(metric, policyQueries(metric, identity)) };
  }
}

const predefined = (predefinedMetricType: string, resourceLabel?: string) => ({
  predefinedMetricSpecification: {
    predefinedMetricType,
    ...(resourceLabel === undefined ? {} : { resourceLabel }),
  },
});

function customized(
  metric: TargetTrackingPolicy['metric'],
  queries: readonly CloudWatchQuery[],
): NonNullable<Configuration['customizedMetricSpecification']> {
  const query = simpleQuery(queries);
  if (query === undefined) return metricMath(metric, queries);
  const { namespace, metricName, statistic } = query;
  return { namespace, metricName, statistic, dimensions: dimensionList(query) };
}
