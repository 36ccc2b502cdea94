import type { Service } from '@aws-sdk/client-ecs';
import type { ScalingPolicy } from '@aws-sdk/client-application-auto-scaling';
import { type Environment, resourceNames } from '@tideline/config';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ServiceCounts } from '@tideline/evidence';
import { ObserverError } from '../scaling-observer.ts';
import { type AwsReads, everyPage, goesBackTo, nextToken } from './reads/aws-reads.ts';
import { scalingActivities } from './scaling-activities.ts';
import type {
  CapacityLook,
  ListedPolicy,
  ListedScaling,
  ListingScope,
  WatchedCapacity,
} from './watched-capacity.ts';

/** An ECS service, which Application Auto Scaling scales. */
export class WatchedService implements WatchedCapacity {
  readonly #environment: Environment;
  readonly #reads: AwsReads;

  constructor(environment: Environment, reads: AwsReads) {
    this.#environment = environment;
    this.#reads = reads;
  }

  async look(): Promise<CapacityLook> {
    const service = await this.#service();
    const { desiredCount = 0, pendingCount = 0, runningCount = 0 } = service;
    return {
      unit: 'task',
      counts: { desired: desiredCount, pending: pendingCount, running: runningCount },
      createdAt: service.createdAt,
      targetGroupArns: targetGroupArns(service),
      isRollingOut: isDeploying(service),
      events: (service.events ?? [])
        .flatMap(({ createdAt, message }) =>
          createdAt === undefined ? [] : [{ at: createdAt, message: message ?? '' }],
        )
        .reverse(),
    };
  }

  async listScaling(scope: ListingScope): Promise<ListedScaling> {
    const ResourceId = resourceNames(this.#environment).scalableTarget;
    const onTarget = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;
    const [targets, policies, activities] = await Promise.all([
      this.#reads.describeScalableTargets({ ...onTarget, ResourceIds: [ResourceId] }),
      everyPage(async (token) => {
        const page = await this.#reads.describeScalingPolicies({
          ...{ ...onTarget, ResourceId },
          ...nextToken(token),
        });
        return [page.ScalingPolicies, page.NextToken];
      }),
      everyPage(async (token) => {
        const page = await this.#reads.describeScalingActivities({
          ...{ ...onTarget, ResourceId, IncludeNotScaledActivities: true },
          ...nextToken(token),
        });
        return [page.ScalingActivities, page.NextToken];
      }, goesBackTo(scope.sinceMs)),
    ]);
    const [target] = targets.ScalableTargets ?? [];
    return {
      capacity:
        target?.MinCapacity === undefined || target.MaxCapacity === undefined
          ? null
          : { min: target.MinCapacity, max: target.MaxCapacity },
      policies: policies.map(listedPolicy),
      activities: scalingActivities(activities, scope),
      events: [],
    };
  }

  async #service(): Promise<Service> {
    const { cluster, service } = resourceNames(this.#environment);
    const { services = [] } = await this.#reads.describeServices({ cluster, services: [service] });
    const found = services.find(({ status }) => status === 'ACTIVE');
    if (found !== undefined) return found;
    throw new ObserverError(
      `ecs:DescribeServices found no service ${service} in cluster ${cluster} of ${this.#environment.region}; deploy the environment first, or name the one that is deployed`,
    );
  }
}

export const listedPolicy = ({
  PolicyName = '',
  Alarms = [],
  TargetTrackingScalingPolicyConfiguration: tracking,
}: ScalingPolicy): ListedPolicy => ({
  name: PolicyName,
  target: tracking?.TargetValue ?? null,
  alarmNames: Alarms.map(({ AlarmName }) => AlarmName).filter((name) => name !== undefined),
});

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
