import type { AppautoscalingPolicyStepScalingPolicyConfiguration } from '@cdktf/provider-aws/lib/appautoscaling-policy/index.js';
import type { AutoscalingPolicyStepAdjustment } from '@cdktf/provider-aws/lib/autoscaling-policy/index.js';
import { type StepPolicy, thresholdInMetricUnit } from '@tideline/config';

/** A step policy as Application Auto Scaling takes it, with bounds in its metric’s CloudWatch unit. */
export const stepConfiguration = (
  policy: StepPolicy,
): AppautoscalingPolicyStepScalingPolicyConfiguration => ({
  adjustmentType: policy.adjustmentType,
  cooldown: policy.cooldownSeconds,
  metricAggregationType: policy.aggregation,
  ...(policy.minAdjustmentMagnitude === 0 ? {} : { minAdjustmentMagnitude: policy.minAdjustmentMagnitude }),
  stepAdjustment: stepAdjustments(policy),
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
