import {
  DescribeLoadBalancerAttributesCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ClientSettings } from './client-settings.ts';

const attribute = 'deletion_protection.enabled';

/** What keeps a balancer from being deleted. */
export interface Balancers {
  /** Turns deletion protection off, where it is on. @returns whether it was */
  unprotect(loadBalancerArn: string): Promise<boolean>;
}

export function elbBalancers(settings: ClientSettings): Balancers {
  const client = new ElasticLoadBalancingV2Client(settings);
  return {
    unprotect: async (arn) => {
      const { Attributes = [] } = await client.send(
        new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }),
      );
      if (Attributes.find(({ Key }) => Key === attribute)?.Value !== 'true') return false;
      await client.send(
        new ModifyLoadBalancerAttributesCommand({
          LoadBalancerArn: arn,
          Attributes: [{ Key: attribute, Value: 'false' }],
        }),
      );
      return true;
    },
  };
}
