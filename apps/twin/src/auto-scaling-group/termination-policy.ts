import type { Placed } from '../fleet/placement.ts';

/** An instance as the termination policy sees it. */
export interface Terminable extends Placed {
  readonly availabilityZone: string;
  /** Version of its launch template. */
  readonly templateRevision: number;
  /** In service, and its target passes the health check. */
  readonly isHealthy: boolean;
}

/**
 * The instance that a group gives up next: among those that do not serve yet, if there are any; of these one in the zone
 * with the most instances, with the oldest launch template (EC2 Auto Scaling guide, default termination policy). AWS then
 * goes by the next billing hour and by chance; here the oldest launch decides, so that a run can be repeated.
 */
export function instanceToTerminate<T extends Terminable>(
  instances: readonly T[],
  mayGo: (instance: T) => boolean = () => true,
): T | undefined {
  const free = instances.filter(mayGo);
  const idle = free.filter(({ isHealthy }) => !isHealthy);
  const candidates = idle.length > 0 ? idle : free;
  const counts = new Map<string, number>();
  for (const { availabilityZone } of instances)
    counts.set(availabilityZone, (counts.get(availabilityZone) ?? 0) + 1);
  const inZone = (instance: T): number => counts.get(instance.availabilityZone) ?? 0;
  return candidates.toSorted(
    (left, right) =>
      inZone(right) - inZone(left) ||
      left.templateRevision - right.templateRevision ||
      left.createdAtSeconds - right.createdAtSeconds,
  )[0];
}
