import type { Service } from '@aws-sdk/client-ecs';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ServiceCounts } from '@tideline/evidence';

/** The counts as the balancer has them. */
export function targetCounts(
  targets: readonly TargetHealthDescription[],
): Pick<ServiceCounts, 'healthy' | 'unhealthy' | 'draining'> {
  const inState = (...states: readonly string[]): number =>
    targets.filter(({ TargetHealth }) => states.includes(TargetHealth?.State ?? '')).length;
  return {
    healthy: inState('healthy'),
    unhealthy: inState('unhealthy'),
    draining: inState('draining', 'unhealthy.draining'),
  };
}

/**
 * A deployment is over once it is the only one and ECS calls it completed or failed. What CodeDeploy releases has task sets
 * instead: two while a release is under way.
 */
export const isDeploying = ({ deployments = [], taskSets = [] }: Service): boolean =>
  deployments.length > 1 ||
  taskSets.length > 1 ||
  deployments.some(({ rolloutState }) => rolloutState === 'IN_PROGRESS');

/** Where the service’s tasks are registered; with task sets, where those are that clients reach. */
export const targetGroupArns = ({ loadBalancers = [], taskSets = [] }: Service): readonly string[] => {
  const live = taskSets.find(({ status }) => status === 'PRIMARY')?.loadBalancers ?? loadBalancers;
  return live.map(({ targetGroupArn }) => targetGroupArn).filter((arn) => arn !== undefined);
};
