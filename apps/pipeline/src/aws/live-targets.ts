import {
  DescribeListenersCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ClientSettings } from './client-settings.ts';

/** Where a listener leads to. */
export interface LiveTargets {
  /** Target groups with a share of the requests; two only in the middle of a shift. */
  of(listenerArn: string): Promise<readonly { readonly arn: string; readonly weight: number }[]>;
}

export function elbLiveTargets(settings: ClientSettings): LiveTargets {
  const client = new ElasticLoadBalancingV2Client(settings);
  return {
    of: async (listenerArn) => {
      const { Listeners = [] } = await client.send(
        new DescribeListenersCommand({ ListenerArns: [listenerArn] }),
      );
      const [action] = Listeners[0]?.DefaultActions ?? [];
      const groups = action?.ForwardConfig?.TargetGroups ?? [
        { TargetGroupArn: action?.TargetGroupArn, Weight: 1 },
      ];
      return groups
        .map(({ TargetGroupArn: arn = '', Weight: weight = 1 }) => ({ arn, weight }))
        .filter(({ weight }) => weight > 0);
    },
  };
}
