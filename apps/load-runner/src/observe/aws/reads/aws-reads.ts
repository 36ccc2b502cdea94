import type {
  DescribeScalableTargetsRequest,
  DescribeScalableTargetsResponse,
  DescribeScalingActivitiesRequest,
  DescribeScalingActivitiesResponse,
  DescribeScalingPoliciesRequest,
  DescribeScalingPoliciesResponse,
} from '@aws-sdk/client-application-auto-scaling';
import type {
  ActivitiesType,
  AutoScalingGroupNamesType,
  AutoScalingGroupsType,
  DescribeInstanceRefreshesAnswer,
  DescribeInstanceRefreshesType,
  DescribePoliciesType,
  DescribeScalingActivitiesType,
  PoliciesType,
} from '@aws-sdk/client-auto-scaling';
import type {
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  GetMetricDataInput,
  GetMetricDataOutput,
} from '@aws-sdk/client-cloudwatch';
import type { DescribeServicesRequest, DescribeServicesResponse } from '@aws-sdk/client-ecs';
import type {
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/**
 * All that is asked of AWS: one method per action, one page per call, in AWS’s own shapes.
 * Every method throws an ObserverError that names its action.
 */
export interface AwsReads {
  readonly describeServices: (input: DescribeServicesRequest) => Promise<DescribeServicesResponse>;
  readonly describeTargetHealth: (input: DescribeTargetHealthInput) => Promise<DescribeTargetHealthOutput>;
  readonly describeScalableTargets: (
    input: DescribeScalableTargetsRequest,
  ) => Promise<DescribeScalableTargetsResponse>;
  readonly describeScalingPolicies: (
    input: DescribeScalingPoliciesRequest,
  ) => Promise<DescribeScalingPoliciesResponse>;
  readonly describeScalingActivities: (
    input: DescribeScalingActivitiesRequest,
  ) => Promise<DescribeScalingActivitiesResponse>;
  readonly describeAutoScalingGroups: (input: AutoScalingGroupNamesType) => Promise<AutoScalingGroupsType>;
  readonly describeInstanceRefreshes: (
    input: DescribeInstanceRefreshesType,
  ) => Promise<DescribeInstanceRefreshesAnswer>;
  readonly describePolicies: (input: DescribePoliciesType) => Promise<PoliciesType>;
  /** Of a group: Application Auto Scaling’s action has the same name. */
  readonly describeGroupActivities: (input: DescribeScalingActivitiesType) => Promise<ActivitiesType>;
  readonly describeAlarms: (input: DescribeAlarmsInput) => Promise<DescribeAlarmsOutput>;
  readonly getMetricData: (input: GetMetricDataInput) => Promise<GetMetricDataOutput>;
}
