import { type Compute, instancesForTasks } from '@tideline/config';

/** The instances of a capacity provider, and the tasks that find no room on them. */
export interface Occupation {
  /** Instances that there are, those that boot included. */
  readonly running: number;
  /** Of those, the ones that run tasks. */
  readonly occupied: number;
  /** Tasks in PROVISIONING, for which no running instance has room. */
  readonly waiting: number;
}

/**
 * M of `CapacityProviderReservation`: the instances that run tasks, and those that the waiting tasks need beyond them,
 * packed as tightly as they go. An instance counts while it runs any task: only empty ones are ever given up. Beyond the
 * instances that there are, M is no less than the smallest scaling step away, and no more than the largest (Amazon ECS
 * guide, cluster auto scaling, managed scale-out behaviour).
 */
export function instancesNeeded(
  compute: Compute<'ecs-ec2'>,
  { running, occupied, waiting }: Occupation,
): number {
  const needed = occupied + instancesForTasks(compute, waiting);
  if (needed <= running) return needed;
  const step = Math.max(needed - running, compute.minimumScalingStepSize);
  return running + Math.min(step, compute.maximumScalingStepSize);
}

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
