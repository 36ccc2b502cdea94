import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';
import {
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { UsageError } from '@tideline/process';
import type { HistoryReads } from './history-reads.ts';

/** An answer that takes longer is asked for again. */
const timeouts = { connectionTimeout: 3000, requestTimeout: 30_000 };

/** The SDK’s clients; credentials and endpoint come from the environment, as the SDK reads them. */
export function sdkHistoryReads(settings: { readonly region: string }): HistoryReads {
  // Adaptive: when AWS throttles, the client slows down by itself and asks again.
  const config = { ...settings, retryMode: 'adaptive', requestHandler: timeouts };
  const ecs = new ECSClient(config);
  const groups = new AutoScalingClient(config);
  const balancing = new ElasticLoadBalancingV2Client(config);
  const cloudWatch = new CloudWatchClient(config);
  return {
    describeServices: (input) =>
      ask('ecs:DescribeServices', () => ecs.send(new DescribeServicesCommand(input))),
    describeAutoScalingGroups: (input) =>
      ask('autoscaling:DescribeAutoScalingGroups', () =>
        groups.send(new DescribeAutoScalingGroupsCommand(input)),
      ),
    describeTargetGroups: (input) =>
      ask('elasticloadbalancing:DescribeTargetGroups', () =>
        balancing.send(new DescribeTargetGroupsCommand(input)),
      ),
    getMetricData: (input) =>
      ask('cloudwatch:GetMetricData', () => cloudWatch.send(new GetMetricDataCommand(input))),
  };
}

async function ask<T>(action: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    throw new UsageError(
      'TL-CAPACITY-AWS',
      `--from aws: ${action} failed (${name}: ${message}); sign in with a role that may read this, and name the region and the service that are deployed`,
      { cause: error },
    );
  }
}
