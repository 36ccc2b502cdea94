import type { Compute, Environment } from '../environment.ts';
import { instanceTypes } from './instance-types.ts';

/** CPU (1024 units are one vCPU) and memory, of an instance or a task. */
export interface HostResources {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
}

/** What an instance gives to tasks: what it registers with ECS, without the memory that is kept from them. */
export function hostSize({ instanceType, reservedMemoryMiB }: Compute<'ecs-ec2'>): HostResources {
  const { vcpus, registeredMemoryMiB } = instanceTypes[instanceType];
  return { cpuUnits: vcpus * 1024, memoryMiB: registeredMemoryMiB - reservedMemoryMiB };
}

/** Tasks that an empty instance has room for; at least 1, as the configuration’s rules see to. */
export function tasksPerInstance(compute: Compute<'ecs-ec2'>): number {
  if (compute.taskPerInstance) return 1;
  const size = hostSize(compute);
  return Math.max(
    1,
    Math.min(Math.floor(size.cpuUnits / compute.cpuUnits), Math.floor(size.memoryMiB / compute.memoryMiB)),
  );
}

/** Empty instances that so many tasks need, packed as tightly as they go. */
export const instancesForTasks = (compute: Compute<'ecs-ec2'>, tasks: number): number =>
  Math.ceil(tasks / tasksPerInstance(compute));

/**
 * Instances that a service at its minimum of tasks comes back to. Fewest: the tasks packed tightly. Most: each on an
 * instance of its own, which is protected from scale-in while it runs a task.
 */
export function instancesAtRest(
  compute: Compute<'ecs-ec2'>,
  { min }: Environment['capacity'],
): { readonly atLeast: number; readonly atMost: number } {
  const { instances, targetCapacityPercent } = compute;
  const bounded = (needed: number): number =>
    Math.min(instances.max, Math.max(instances.min, Math.ceil((needed * 100) / targetCapacityPercent)));
  return {
    atLeast: bounded(instancesForTasks(compute, min)),
    atMost: bounded(min),
  };
}
