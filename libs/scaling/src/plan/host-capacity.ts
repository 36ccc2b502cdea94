import { type Environment, instanceTypes } from '@tideline/config';

/** Tasks on EC2 instances. */
export type HostedCompute = Extract<Environment['compute'], { readonly kind: 'ecs-ec2' }>;

/** CPU (1024 units are one vCPU) and memory, of an instance or a task. */
export interface HostResources {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
}

/** What an instance gives to tasks: what it registers with ECS, without the memory that is kept from them. */
export function hostSize({ instanceType, reservedMemoryMiB }: HostedCompute): HostResources {
  const { vcpus, registeredMemoryMiB } = instanceTypes[instanceType];
  return { cpuUnits: vcpus * 1024, memoryMiB: registeredMemoryMiB - reservedMemoryMiB };
}

/** Tasks that an empty instance has room for; at least 1, as the configuration’s rules see to. */
export function tasksPerInstance(compute: HostedCompute): number {
  if (compute.taskPerInstance) return 1;
  const size = hostSize(compute);
  return Math.max(
    1,
    Math.min(Math.floor(size.cpuUnits / compute.cpuUnits), Math.floor(size.memoryMiB / compute.memoryMiB)),
  );
}

/** Empty instances that so many tasks need, packed as tightly as they go. */
export const instancesForTasks = (compute: HostedCompute, tasks: number): number =>
  Math.ceil(tasks / tasksPerInstance(compute));

/** Most tasks that can run: `capacity.max`, or what the maximum of instances has room for. */
export function mostTasks({ capacity, compute }: Pick<Environment, 'capacity' | 'compute'>): number {
  if (compute.kind !== 'ecs-ec2') return capacity.max;
  return Math.min(capacity.max, compute.instances.max * tasksPerInstance(compute));
}

/**
 * Instances that a service at its minimum of tasks comes back to; null where tasks have no instances of ours. Fewest: the
 * tasks packed tightly. Most: each on an instance of its own, which is protected from scale-in while it runs a task.
 */
export function instancesAtRest({
  capacity,
  compute,
}: Pick<Environment, 'capacity' | 'compute'>): { readonly atLeast: number; readonly atMost: number } | null {
  if (compute.kind !== 'ecs-ec2') return null;
  const { instances, targetCapacityPercent } = compute;
  const bounded = (needed: number): number =>
    Math.min(instances.max, Math.max(instances.min, Math.ceil((needed * 100) / targetCapacityPercent)));
  return {
    atLeast: bounded(instancesForTasks(compute, capacity.min)),
    atMost: bounded(capacity.min),
  };
}

/**
 * Most CPU utilisation that a unit of capacity can show, percent. Fargate’s limit is hard, and an instance has no more than
 * all of its CPU; a task on an instance is only guaranteed what it reserves, and may burst to all of the instance
 * (Amazon ECS guide, best practices for task sizes).
 */
export const highestCpuPercent = ({ compute }: Pick<Environment, 'compute'>): number =>
  compute.kind === 'ecs-ec2' ? (hostSize(compute).cpuUnits / compute.cpuUnits) * 100 : 100;
