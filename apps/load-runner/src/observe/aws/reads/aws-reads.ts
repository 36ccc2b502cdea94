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

/** Reads pages until the last, or until `enough` holds for the items of one. @returns the items of all of them */
export async function everyPage<Item>(
  read: (
    token: string | undefined,
  ) => Promise<readonly [items: readonly Item[] | undefined, next: string | undefined]>,
  enough: (items: readonly Item[]) => boolean = () => false,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let token: string | undefined;
  do {
    const [items = [], next] = await read(token);
    found.push(...items);
    // AWS has answered a last page with an empty token.
    token = next === '' || enough(items) ? undefined : next;
  } while (token !== undefined);
  return found;
}

/** Activities with the moment that each started at, oldest first. */
export const byStart = <Activity extends { readonly StartTime?: Date | undefined }>(
  listed: readonly Activity[],
) =>
  listed
    .flatMap((activity) =>
      activity.StartTime === undefined ? [] : [{ activity, start: activity.StartTime }],
    )
    .sort((left, right) => left.start.getTime() - right.start.getTime());

/** Enough of what AWS lists newest first: the page goes back beyond a moment, and what follows is older still (AWS keeps six weeks). */
export const goesBackTo =
  (sinceMs: number) =>
  (page: readonly { readonly StartTime?: Date | undefined }[]): boolean =>
    page.some(({ StartTime }) => StartTime !== undefined && StartTime.getTime() < sinceMs);

/** The token of the page to ask for; nothing for the first. */
export const nextToken = (token: string | undefined) => (token === undefined ? {} : { NextToken: token });
