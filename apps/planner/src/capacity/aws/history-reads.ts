import type { AutoScalingGroupNamesType, AutoScalingGroupsType } from '@aws-sdk/client-auto-scaling';
import type { GetMetricDataInput, GetMetricDataOutput } from '@aws-sdk/client-cloudwatch';
import type { DescribeServicesRequest, DescribeServicesResponse } from '@aws-sdk/client-ecs';
import type {
  DescribeTargetGroupsInput,
  DescribeTargetGroupsOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/**
 * All that is asked of AWS, and nothing that changes anything: one method per action, one page per call, in AWS’s own shapes.
 * Every method throws a UsageError TL-CAPACITY-AWS that names its action.
 */
export interface HistoryReads {
  readonly describeServices: (input: DescribeServicesRequest) => Promise<DescribeServicesResponse>;
  readonly describeAutoScalingGroups: (input: AutoScalingGroupNamesType) => Promise<AutoScalingGroupsType>;
  readonly describeTargetGroups: (input: DescribeTargetGroupsInput) => Promise<DescribeTargetGroupsOutput>;
  readonly getMetricData: (input: GetMetricDataInput) => Promise<GetMetricDataOutput>;
}
