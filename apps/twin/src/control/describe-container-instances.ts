import type { HostResources } from '@tideline/config';
import type { HostGroup } from '../hosts/host-group.ts';

/** What the control API says of an instance that tasks run on. */
export interface ContainerInstanceDescription {
  /** Id of the EC2 instance. */
  readonly id: string;
  readonly containerInstanceId: string;
  /** Status, as ECS names it. */
  readonly state: string;
  readonly availabilityZone: string;
  /** What it gives to tasks. */
  readonly registered: HostResources;
  /** What tasks have left of it. */
  readonly remaining: HostResources;
  /** Ids of its tasks. */
  readonly tasks: readonly string[];
  readonly launchedAtSeconds: number;
}

export const describeContainerInstances = (hosts: HostGroup): ContainerInstanceDescription[] =>
  hosts.instances().map((instance) => ({
    id: instance.id,
    containerInstanceId: instance.containerInstanceId,
    state: instance.state,
    availabilityZone: instance.availabilityZone,
    registered: instance.size,
    remaining: instance.remaining,
    tasks: instance.taskIds,
    launchedAtSeconds: instance.launchedAtSeconds,
  }));
