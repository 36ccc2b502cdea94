import type { AutoscalingPolicyPredictiveScalingConfiguration } from '@cdktf/provider-aws/lib/autoscaling-policy/index.js';
import {
  type Environment,
  type PredictivePolicy,
  groupMetricPair,
  metricReference,
  targetValue,
} from '@tideline/config';
import type { GroupIdentity } from '../ground/service-metrics.ts';

/** A predictive policy as EC2 Auto Scaling takes it: one of its metric pairs, with the target in the metric’s CloudWatch unit. */
export function groupPrediction(
  policy: PredictivePolicy,
  { environment, identity }: { readonly environment: Environment; readonly identity: GroupIdentity },
): AutoscalingPolicyPredictiveScalingConfiguration {
  const { metric, maxCapacityBuffer } = policy;
  const [followed] = metricReference(metric, environment).metrics;
  const { loadBalancerSuffix, targetGroupSuffix } = identity;
  return {
    mode: policy.mode,
    schedulingBufferTime: String(policy.schedulingBufferTimeSeconds),
    maxCapacityBreachBehavior: policy.maxCapacityBreachBehavior,
    ...(maxCapacityBuffer === null ? {} : { maxCapacityBuffer: String(maxCapacityBuffer) }),
    metricSpecification: {
      targetValue: targetValue(metric),
      predefinedMetricPairSpecification: {
        predefinedMetricType: groupMetricPair(policy),
        ...(followed?.scope === 'target-group'
          ? { resourceLabel: `${loadBalancerSuffix}/${targetGroupSuffix}` }
          : {}),
      },
    },
  };
}
