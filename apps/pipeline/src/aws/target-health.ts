import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ClientSettings } from './client-settings.ts';

/** How many targets of a target group are in each state, such as `healthy` or `initial`. */
export type TargetCounts = Readonly<Record<string, number>>;

/** The balancer’s view of the tasks. */
export interface TargetHealth {
  counts(targetGroupArn: string): Promise<TargetCounts>;
}

export function elbTargetHealth(settings: ClientSettings): TargetHealth {
  const client = new ElasticLoadBalancingV2Client(settings);
  return {
    counts: async (targetGroupArn) => {
      const { TargetHealthDescriptions = [] } = await client.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
      );
      const counts: Record<string, number> = {};
      for (const { TargetHealth: health } of TargetHealthDescriptions) {
        const state = health?.State ?? 'unknown';
        counts[state] = (counts[state] ?? 0) + 1;
      }
      return counts;
    },
  };
}
