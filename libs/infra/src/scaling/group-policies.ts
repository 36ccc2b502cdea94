import type {
  AutoscalingPolicyStepAdjustment,
  AutoscalingPolicyTargetTrackingConfiguration,
} from '@cdktf/provider-aws/lib/autoscaling-policy/index.js';
import {
  type StepPolicy,
  type TargetMetric,
  type TargetTrackingPolicy,
  targetValue,
  thresholdInMetricUnit,
} from '@tideline/config';
import type { GroupIdentity } from '../ground/service-metrics.ts';
import {
  type ScaledCapacity,
  dimensionList,
  metricMath,
  predefinedMetric,
  simpleQuery,
} from './customized-metric.ts';

type Tracking = AutoscalingPolicyTargetTrackingConfiguration;

/** A target-tracking policy as EC2 Auto Scaling takes it: without cooldowns, whose place the group’s warm-up takes. */
export const groupTracking = (
  policy: TargetTrackingPolicy,
  capacity: ScaledCapacity<GroupIdentity>,
): Tracking => ({
  targetValue: targetValue(policy.metric),
  disableScaleIn: !policy.scaleInEnabled,
  ...metricSpecification(policy.metric, capacity),
});

/** The steps of a policy, with bounds in its metric’s CloudWatch unit. */
export const stepAdjustments = ({ metric, steps }: StepPolicy): AutoscalingPolicyStepAdjustment[] => {
  const bound = (value: number) => String(thresholdInMetricUnit(metric, value));
  return steps.map(({ lowerBound, upperBound, adjustment }) => ({
    scalingAdjustment: adjustment,
    ...(lowerBound === null ? {} : { metricIntervalLowerBound: bound(lowerBound) }),
    ...(upperBound === null ? {} : { metricIntervalUpperBound: bound(upperBound) }),
  }));
};

function metricSpecification(
  metric: TargetMetric,
  capacity: ScaledCapacity<GroupIdentity>,
): Pick<Tracking, 'predefinedMetricSpecification' | 'customizedMetricSpecification'> {
  const predefined = predefinedMetric(metric, capacity);
  if (predefined !== null) return { predefinedMetricSpecification: predefined };
  const query = simpleQuery(metric, capacity);
  if (query === undefined) return { customizedMetricSpecification: metricMath(metric, capacity) };
  const { namespace, metricName, statistic } = query;
  const metricDimension = dimensionList(query);
  return { customizedMetricSpecification: { namespace, metricName, statistic, metricDimension } };
}
