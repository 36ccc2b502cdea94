import { type Environment, resourceNames } from '@tideline/config';
import type { AwsReads } from './reads/aws-reads.ts';
import { type GroupAddress, describeGroup, instanceStates, listGroupScaling } from './group-reads.ts';
import type { CapacityLook, ListedScaling, ListingScope, WatchedCapacity } from './watched-capacity.ts';

/** An instance refresh that has not ended (API reference, InstanceRefresh). */
const refreshing = new Set(['Pending', 'InProgress', 'Cancelling', 'RollbackInProgress', 'Baking']);

/** An EC2 Auto Scaling group, which scales itself. */
export class WatchedGroup implements WatchedCapacity {
  readonly #address: GroupAddress;
  readonly #reads: AwsReads;

  constructor(environment: Environment, reads: AwsReads) {
    this.#address = { region: environment.region, name: resourceNames(environment).service };
    this.#reads = reads;
  }

  async look(): Promise<CapacityLook> {
    const [group, latest] = await Promise.all([
      describeGroup(this.#reads, this.#address),
      this.#reads.describeInstanceRefreshes({ AutoScalingGroupName: this.#address.name, MaxRecords: 1 }),
    ]);
    const { pending, inService } = instanceStates(group);
    return {
      unit: 'instance',
      counts: {
        ...{ desired: group.DesiredCapacity ?? 0, pending, running: inService },
        ...(group.WarmPoolConfiguration === undefined ? {} : { warmed: group.WarmPoolSize ?? 0 }),
      },
      createdAt: group.CreatedTime,
      targetGroupArns: group.TargetGroupARNs ?? [],
      isRollingOut: (latest.InstanceRefreshes ?? []).some(({ Status = '' }) => refreshing.has(Status)),
      events: [],
    };
  }

  listScaling(scope: ListingScope): Promise<ListedScaling> {
    return listGroupScaling(this.#reads, this.#address, scope);
  }
}
