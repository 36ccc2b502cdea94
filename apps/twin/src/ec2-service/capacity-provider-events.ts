import type { EventLog } from '../fleet/event-log.ts';
import type { ContainerInstance } from './container-instance.ts';

/** How many instances a group had, and has from now on. */
export interface CapacityStep {
  readonly from: number;
  readonly to: number;
}

/** Says what becomes of the instances, in the descriptions and causes that EC2 Auto Scaling gives its activities. */
export class CapacityProviderEvents {
  readonly #group: EventLog;
  readonly #cluster: EventLog;
  #hasNoZone = false;

  /** @param logs of the Auto Scaling group, and of the cluster that instances register with */
  constructor(logs: { readonly group: EventLog; readonly cluster: EventLog }) {
    this.#group = logs.group;
    this.#cluster = logs.cluster;
  }

  desiredChanged(from: number, to: number): void {
    this.#group.add(`Managed scaling changed the desired capacity from ${from} to ${to}`);
  }

  launching({ id, availabilityZone }: ContainerInstance, { from, to }: CapacityStep): void {
    this.#hasNoZone = false;
    this.#group.add(
      `Launching a new EC2 instance: ${id} in ${availabilityZone}. An instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${from} to ${to}`,
    );
  }

  registered({ id, containerInstanceId }: ContainerInstance): void {
    this.#cluster.add(
      `registered (instance ${id}) as (container-instance ${containerInstanceId}); its status is ACTIVE`,
    );
  }

  scalingIn({ id }: ContainerInstance, { from, to }: CapacityStep): void {
    this.#group.add(
      `Terminating EC2 instance: ${id}. An instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from ${from} to ${to}. Instance ${id} was selected for termination: it runs no task`,
    );
  }

  terminatedByUser({ id }: ContainerInstance): void {
    this.#group.add(
      `Terminating EC2 instance: ${id}. An instance was taken out of service in response to a user request`,
    );
  }

  draining({ containerInstanceId, tasks }: ContainerInstance): void {
    this.#cluster.add(
      `(container-instance ${containerInstanceId}) is DRAINING: ${tasks === 1 ? '1 task leaves' : `${tasks} tasks leave`} it`,
    );
  }

  lost({ id }: ContainerInstance): void {
    this.#group.add(
      `Terminating EC2 instance: ${id}. An instance was taken out of service in response to an EC2 instance status checks failure`,
    );
  }

  deregistered({ id, containerInstanceId }: ContainerInstance): void {
    this.#cluster.add(
      `deregistered (container-instance ${containerInstanceId}); (instance ${id}) is terminated`,
    );
  }

  /** Said once until something is launched again. */
  unableToLaunch(): void {
    if (this.#hasNoZone) return;
    this.#hasNoZone = true;
    this.#group.add('Launching a new EC2 instance failed: no Availability Zone is available');
  }
}
