import { type Compute, instancesForTasks } from '@tideline/config';

/**
 * M of `CapacityProviderReservation`: the instances that run tasks, and those that the waiting tasks need beyond them,
 * packed as tightly as they go. An instance counts while it runs any task: only empty ones are ever given up.
 * @param waiting tasks in PROVISIONING, for which no running instance has room
 */
export const instancesNeeded = (
  compute: Compute<'ecs-ec2'>,
  { occupied, waiting }: { readonly occupied: number; readonly waiting: number },
): number => occupied + instancesForTasks(compute, waiting);

/**
 * `CapacityProviderReservation` in percent: M / N x 100. Without instances it is 100 when none is needed, and 200 when
 * some are (Amazon ECS guide, cluster auto scaling; AWS containers blog, deep dive on ECS cluster auto scaling).
 */
export function capacityReservationPercent({
  needed,
  running,
}: {
  readonly needed: number;
  readonly running: number;
}): number {
  if (running > 0) return (needed / running) * 100;
  return needed === 0 ? 100 : 200;
}
