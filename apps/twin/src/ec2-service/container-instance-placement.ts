import type { Compute } from '@tideline/config';
import type { PlacementOutcome, TaskPlacement } from '../service/task-placement.ts';
import type { Task } from '../tasks/task.ts';
import type { CapacityProviderGroup } from './capacity-provider-group.ts';
import { placeTask, unableToPlace } from './place-task.ts';

/** Tasks on instances: each waits in PROVISIONING until an instance has room for it. */
export class ContainerInstancePlacement implements TaskPlacement {
  /** A task’s zone is that of its instance, which is not known beforehand. */
  readonly zones = [null];
  readonly #compute: Compute<'ecs-ec2'>;
  readonly #group: CapacityProviderGroup;

  constructor(compute: Compute<'ecs-ec2'>, group: CapacityProviderGroup) {
    this.#compute = compute;
    this.#group = group;
  }

  loseZone(zone: string): void {
    this.#group.loseZone(zone);
  }

  restoreZone(zone: string): void {
    this.#group.restoreZone(zone);
  }

  mustLeave({ host }: Task): boolean {
    return host !== null && this.#group.instance(host.instanceId)?.state === 'DRAINING';
  }

  place({ waiting }: { readonly waiting: readonly Task[] }): PlacementOutcome {
    const { cpuUnits, memoryMiB, taskPerInstance: distinct } = this.#compute;
    const placed: Task[] = [];
    for (const task of waiting) {
      const found = placeTask(this.#group.active(), { cpuUnits, memoryMiB, distinct });
      // Tasks are alike: where one has no room, no other has.
      if (!('host' in found)) return { placed, unable: unableToPlace(found.unable) };
      const { host } = found;
      const hostPort = host.reserve(task.id, { cpuUnits, memoryMiB });
      task.place({
        availabilityZone: host.availabilityZone,
        host: { instanceId: host.id, hostPort },
      });
      placed.push(task);
    }
    return { placed, unable: null };
  }

  /** Gives back what a task that is gone had of its instance. */
  release({ id, host }: Task): void {
    if (host === null) return;
    this.#group.instance(host.instanceId)?.release(id);
    this.#group.taskLeft();
  }
}
