import type {
  AutoscalingPolicyStepAdjustment,
  AutoscalingPolicyTargetTrackingConfiguration,
} from '@cdktf/provider-aws/lib/autoscaling-policy/index.js';
import {
  type StepPolicy,
  type TargetTrackingPolicy,
  targetValue,
  thresholdInMetricUnit,
} from '@tideline/config';
import { dimensionList, metricMath, simpleQuery } from './customized-metric.ts';
import { type CloudWatchQuery, type GroupIdentity, policyQueries } from '../ground/service-metrics.ts';

type Tracking = AutoscalingPolicyTargetTrackingConfiguration;

/** A target-tracking policy as EC2 Auto Scaling takes it: without cooldowns, whose place the group’s warm-up takes. */
export const groupTracking = (policy: TargetTrackingPolicy, identity: GroupIdentity): Tracking => ({
  targetValue: targetValue(policy.metric),
  disableScaleIn: !policy.scaleInEnabled,
  ...metricSpecification(policy.metric, identity),
});

/** The steps of a policy, with bounds in its metric’s CloudWatch unit. */
export const groupSteps = ({ metric, steps }: StepPolicy): AutoscalingPolicyStepAdjustment[] => {
  const bound = (value: number) => String(thresholdInMetricUnit(metric, value));
  return steps.map(({ lowerBound, upperBound, adjustment }) => ({
    scalingAdjustment: adjustment,
    ...(lowerBound === null ? {} : { metricIntervalLowerBound: bound(lowerBound) }),
    ...(upperBound === null ? {} : { metricIntervalUpperBound: bound(upperBound) }),
  }));
};

function metricSpecification(
  metric: TargetTrackingPolicy['metric'],
  identity: GroupIdentity,
): Pick<Tracking, 'predefinedMetricSpecification' | 'customizedMetricSpecification'> {
  switch (metric.kind) {
    case 'cpu':
      return { predefinedMetricSpecification: { predefinedMetricType: 'ASGAverageCPUUtilization' } };
    case 'requests-per-target':
      return {
        predefinedMetricSpecification: {
          predefinedMetricType: 'ALBRequestCountPerTarget',
          resourceLabel: `${identity.loadBalancerSuffix}/${identity.targetGroupSuffix}`,
        },
      };
    // The description refuses memory for instances: EC2 measures none.
    case 'memory':
    case 'response-time':
    case 'custom':
    case 'sum':
      return { customizedMetricSpecification: customized(metric, policyQueries(metric, identity)) };
  }
}

function customized(
  metric: TargetTrackingPolicy['metric'],
  queries: readonly CloudWatchQuery[],
): NonNullable<Tracking['customizedMetricSpecification']> {
  const query = simpleQuery(queries);
  if (query === undefined) return metricMath(metric, queries);
  const { namespace, metricName, statistic } = query;
  return { namespace, metricName, statistic, metricDimension: dimensionList(query) };
}
