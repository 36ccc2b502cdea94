import type { Service } from '@aws-sdk/client-ecs';
import type { ScalingPolicy } from '@aws-sdk/client-application-auto-scaling';
import { type Environment, resourceNames } from '@tideline/config';
import { ObserverError } from '../scaling-observer.ts';
import type { AwsReads } from './reads/aws-reads.ts';
import { everyPage, nextToken } from './reads/every-page.ts';
import { scalingActivities } from './scaling-activities.ts';
import { isDeploying, targetGroupArns } from './service-state.ts';
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
      everyPage(
        async (token) => {
          const page = await this.#reads.describeScalingActivities({
            ...{ ...onTarget, ResourceId, IncludeNotScaledActivities: true },
            ...nextToken(token),
          });
          return [page.ScalingActivities, page.NextToken];
        },
        // Newest first: what follows is older still, and AWS keeps six weeks.
        (page) =>
          page.some(({ StartTime }) => StartTime !== undefined && StartTime.getTime() < scope.sinceMs),
      ),
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
