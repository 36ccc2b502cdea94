import {
  type Action,
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ClientSettings } from './client-settings.ts';

/** How many targets of a target group are in each state, such as `healthy` or `initial`. */
export type TargetCounts = Readonly<Record<string, number>>;

/** The balancer’s view of what it sends requests to. */
export interface TargetGroups {
  counts(targetGroupArn: string): Promise<TargetCounts>;
  /** ARNs of the target groups with a share of a listener’s requests; two only in the middle of a shift. */
  live(listenerArn: string): Promise<readonly string[]>;
}

export function elbTargetGroups(settings: ClientSettings): TargetGroups {
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
    live: async (listenerArn) => {
      const { Listeners = [] } = await client.send(
        new DescribeListenersCommand({ ListenerArns: [listenerArn] }),
      );
      const [answer] = Listeners[0]?.DefaultActions ?? [];
      const action = answer?.Type === 'fixed-response' ? await ruledAction(client, listenerArn) : answer;
      const groups = action?.ForwardConfig?.TargetGroups ?? [
        { TargetGroupArn: action?.TargetGroupArn, Weight: 1 },
      ];
      return groups.filter(({ Weight = 1 }) => Weight > 0).map(({ TargetGroupArn = '' }) => TargetGroupArn);
    },
  };
}

/** What a listener’s first rule does: behind CloudFront the listener itself refuses, and its rule leads on. */
async function ruledAction(
  client: ElasticLoadBalancingV2Client,
  listenerArn: string,
): Promise<Action | undefined> {
  const { Rules = [] } = await client.send(new DescribeRulesCommand({ ListenerArn: listenerArn }));
  return Rules.find(({ IsDefault }) => IsDefault !== true)?.Actions?.[0];
}
