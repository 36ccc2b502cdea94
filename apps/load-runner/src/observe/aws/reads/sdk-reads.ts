import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingActivitiesCommand,
  DescribeScalingPoliciesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  DescribePoliciesCommand,
  DescribeScalingActivitiesCommand as DescribeGroupActivitiesCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsReads } from './aws-reads.ts';
import { readProblem } from './read-problem.ts';

/** An answer that takes longer is asked for again. */
const timeouts = { connectionTimeout: 3000, requestTimeout: 10_000 };

/** The SDK’s clients; credentials and endpoint come from the environment, as the SDK reads them. */
export function sdkReads(settings: { readonly region: string }): AwsReads {
  // Adaptive: when AWS throttles, the client slows down by itself and asks again.
  const config = { ...settings, retryMode: 'adaptive', requestHandler: timeouts };
  const ecs = new ECSClient(config);
  const balancing = new ElasticLoadBalancingV2Client(config);
  const scaling = new ApplicationAutoScalingClient(config);
  const groups = new AutoScalingClient(config);
  const cloudWatch = new CloudWatchClient(config);
  return {
    describeServices: (input) =>
      ask('ecs:DescribeServices', () => ecs.send(new DescribeServicesCommand(input))),
    describeTargetHealth: (input) =>
      ask('elasticloadbalancing:DescribeTargetHealth', () =>
        balancing.send(new DescribeTargetHealthCommand(input)),
      ),
    describeScalableTargets: (input) =>
      ask('application-autoscaling:DescribeScalableTargets', () =>
        scaling.send(new DescribeScalableTargetsCommand(input)),
      ),
    describeScalingPolicies: (input) =>
      ask('application-autoscaling:DescribeScalingPolicies', () =>
        scaling.send(new DescribeScalingPoliciesCommand(input)),
      ),
    describeScalingActivities: (input) =>
      ask('application-autoscaling:DescribeScalingActivities', () =>
        scaling.send(new DescribeScalingActivitiesCommand(input)),
      ),
    describeAutoScalingGroups: (input) =>
      ask('autoscaling:DescribeAutoScalingGroups', () =>
        groups.send(new DescribeAutoScalingGroupsCommand(input)),
      ),
    describeInstanceRefreshes: (input) =>
      ask('autoscaling:DescribeInstanceRefreshes', () =>
        groups.send(new DescribeInstanceRefreshesCommand(input)),
      ),
    describePolicies: (input) =>
      ask('autoscaling:DescribePolicies', () => groups.send(new DescribePoliciesCommand(input))),
    describeGroupActivities: (input) =>
      ask('autoscaling:DescribeScalingActivities', () =>
        groups.send(new DescribeGroupActivitiesCommand(input)),
      ),
    describeAlarms: (input) =>
      ask('cloudwatch:DescribeAlarms', () => cloudWatch.send(new DescribeAlarmsCommand(input))),
    getMetricData: (input) =>
      ask('cloudwatch:GetMetricData', () => cloudWatch.send(new GetMetricDataCommand(input))),
  };
}

async function ask<T>(action: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw readProblem(action, error);
  }
}
