import type { AutoScalingGroup, ScalingPolicy } from '@aws-sdk/client-auto-scaling';
import { type Environment, resourceNames } from '@tideline/config';
import { ObserverError } from '../scaling-observer.ts';
import type { AwsReads } from './aws-reads.ts';
import { everyPage, nextToken } from './every-page.ts';
import { groupActivities, groupEvents } from './group-activities.ts';
import type {
  CapacityLook,
  ListedPolicy,
  ListedScaling,
  ListingScope,
  WatchedCapacity,
} from './watched-capacity.ts';

/** An instance refresh that has not ended (API reference, InstanceRefresh). */
const refreshing = new Set(['Pending', 'InProgress', 'Cancelling', 'RollbackInProgress', 'Baking']);

/** An EC2 Auto Scaling group, which scales itself. */
export class WatchedGroup implements WatchedCapacity {
  readonly #region: string;
  readonly #name: string;
  readonly #reads: AwsReads;

  constructor(environment: Environment, reads: AwsReads) {
    this.#region = environment.region;
    this.#name = resourceNames(environment).service;
    this.#reads = reads;
  }

  async look(): Promise<CapacityLook> {
    const [group, latest] = await Promise.all([
      this.#group(),
      this.#reads.describeInstanceRefreshes({ AutoScalingGroupName: this.#name, MaxRecords: 1 }),
    ]);
    const inState = (state: RegExp): number =>
      (group.Instances ?? []).filter(({ LifecycleState = '' }) => state.test(LifecycleState)).length;
    return {
      unit: 'instance',
      counts: {
        desired: group.DesiredCapacity ?? 0,
        pending: inState(/^Pending/),
        running: inState(/^InService$/),
      },
      createdAt: group.CreatedTime,
      targetGroupArns: group.TargetGroupARNs ?? [],
      isRollingOut: (latest.InstanceRefreshes ?? []).some(({ Status = '' }) => refreshing.has(Status)),
      events: [],
    };
  }

  async listScaling(scope: ListingScope): Promise<ListedScaling> {
    const AutoScalingGroupName = this.#name;
    const [group, policies, activities] = await Promise.all([
      this.#group(),
      everyPage(async (token) => {
        const page = await this.#reads.describePolicies({ AutoScalingGroupName, ...nextToken(token) });
        return [page.ScalingPolicies, page.NextToken];
      }),
      everyPage(
        async (token) => {
          const page = await this.#reads.describeGroupActivities({
            AutoScalingGroupName,
            ...nextToken(token),
          });
          return [page.Activities, page.NextToken];
        },
        // Newest first: what follows is older still.
        (page) =>
          page.some(({ StartTime }) => StartTime !== undefined && StartTime.getTime() < scope.sinceMs),
      ),
    ]);
    return {
      capacity: { min: group.MinSize ?? 0, max: group.MaxSize ?? 0 },
      policies: policies.map(listedPolicy),
      activities: groupActivities(activities, scope),
      events: groupEvents(activities, scope),
    };
  }

  async #group(): Promise<AutoScalingGroup> {
    const { AutoScalingGroups = [] } = await this.#reads.describeAutoScalingGroups({
      AutoScalingGroupNames: [this.#name],
    });
    // A group that is being deleted has a status; others have none.
    const found = AutoScalingGroups.find(({ Status }) => Status === undefined);
    if (found !== undefined) return found;
    throw new ObserverError(
      `autoscaling:DescribeAutoScalingGroups found no group ${this.#name} in ${this.#region}; deploy the environment first, or name the one that is deployed`,
    );
  }
}

const listedPolicy = ({
  PolicyName = '',
  Alarms = [],
  TargetTrackingConfiguration: tracking,
}: ScalingPolicy): ListedPolicy => ({
  name: PolicyName,
  target: tracking?.TargetValue ?? null,
  alarmNames: Alarms.map(({ AlarmName }) => AlarmName).filter((name) => name !== undefined),
});
