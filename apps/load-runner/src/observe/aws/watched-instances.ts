import { type Environment, resourceNames } from '@tideline/config';
import type { CapacityProvider } from '@tideline/evidence';
import type { AwsReads } from './reads/aws-reads.ts';
import {
  type GroupAddress,
  describeGroup,
  groupBounds,
  instanceStates,
  listGroupScaling,
} from './group-reads.ts';
import type { ListedScaling, ListingScope, ScalingListing } from './watched-capacity.ts';

/**
 * The instances that tasks run on: the Auto Scaling group of a capacity provider, which ECS’s managed scaling scales.
 *
 * An instance counts as active once it is InService, a moment before its agent has registered; a Terminating one drains,
 * since managed draining holds it there until its tasks have left.
 */
export class WatchedInstances implements ScalingListing {
  readonly #name: string;
  readonly #address: GroupAddress;
  readonly #reads: AwsReads;

  constructor(environment: Environment, reads: AwsReads) {
    const { capacityProvider, autoScalingGroup } = resourceNames(environment);
    this.#name = capacityProvider;
    this.#address = { region: environment.region, name: autoScalingGroup };
    this.#reads = reads;
  }

  /** @throws ObserverError when the group is not there */
  async look(): Promise<Pick<CapacityProvider, 'name' | 'capacity' | 'instances'>> {
    const group = await describeGroup(this.#reads, this.#address);
    const { pending, inService, ending } = instanceStates(group);
    return {
      name: this.#name,
      capacity: groupBounds(group),
      instances: {
        desired: group.DesiredCapacity ?? 0,
        registering: pending,
        active: inService,
        draining: ending,
      },
    };
  }

  listScaling(scope: ListingScope): Promise<ListedScaling> {
    return listGroupScaling(this.#reads, this.#address, scope);
  }
}
