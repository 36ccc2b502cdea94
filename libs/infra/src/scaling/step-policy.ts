import type { AppautoscalingPolicyStepScalingPolicyConfiguration } from '@cdktf/provider-aws/lib/appautoscaling-policy/index.js';
import type { StepPolicy } from '@tideline/config';
import { stepAdjustments } from './group-policies.ts';

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
