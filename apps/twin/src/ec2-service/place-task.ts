import type { HostResources } from '@tideline/config';

/** A container instance as placement sees it. */
export interface InstanceRoom {
  /** Id that ECS knows it by. */
  readonly containerInstanceId: string;
  readonly availabilityZone: string;
  /** What is not reserved by tasks. */
  readonly remaining: HostResources;
  /** Tasks of the service that it has. */
  readonly tasks: number;
}

/** What a task asks of its host. */
export interface TaskNeed extends HostResources {
  /** Placement constraint distinctInstance: no other task of the service may be there. */
  readonly distinct: boolean;
}

/** Why the container instance that comes closest does not take the task. */
export type Obstacle = 'memory' | 'cpu' | 'distinct';

export type TaskPlace<Host extends InstanceRoom> =
  | { readonly host: Host }
  /** Null when there is no container instance at all. */
  | { readonly unable: { readonly closest: Host; readonly obstacle: Obstacle } | null };

/**
 * The container instance for a task: of those with enough CPU and memory that satisfy the constraint, one in the zone
 * with the fewest tasks of the service (strategy spread over attribute:ecs.availability-zone), and of these the one with
 * the least memory left (strategy binpack on memory); the first of the list among equals.
 */
export function placeTask<Host extends InstanceRoom>(
  hosts: readonly Host[],
  need: TaskNeed,
): TaskPlace<Host> {
  const candidates = hosts.filter((host) => obstacleOn(host, need) === null);
  if (candidates.length === 0) return { unable: closestTo(hosts, need) };
  const tasksInZone = (zone: string): number =>
    hosts.reduce((sum, { availabilityZone, tasks }) => (availabilityZone === zone ? sum + tasks : sum), 0);
  const host = candidates.reduce((best, other) => {
    const spread = tasksInZone(other.availabilityZone) - tasksInZone(best.availabilityZone);
    const pack = other.remaining.memoryMiB - best.remaining.memoryMiB;
    return spread < 0 || (spread === 0 && pack < 0) ? other : best;
  });
  return { host };
}

/** Resources are looked at before constraints. */
function obstacleOn({ remaining, tasks }: InstanceRoom, need: TaskNeed): Obstacle | null {
  if (remaining.memoryMiB < need.memoryMiB) return 'memory';
  if (remaining.cpuUnits < need.cpuUnits) return 'cpu';
  return need.distinct && tasks > 0 ? 'distinct' : null;
}

/** The one that lacks least: only the constraint, then only CPU, then the least memory. */
function closestTo<Host extends InstanceRoom>(
  hosts: readonly Host[],
  need: TaskNeed,
): { readonly closest: Host; readonly obstacle: Obstacle } | null {
  const rank: Readonly<Record<Obstacle, number>> = { distinct: 0, cpu: 1, memory: 2 };
  const ranked = hosts
    .flatMap((closest) => {
      const obstacle = obstacleOn(closest, need);
      return obstacle === null ? [] : [{ closest, obstacle }];
    })
    .toSorted(
      (one, other) =>
        rank[one.obstacle] - rank[other.obstacle] ||
        other.closest.remaining.memoryMiB - one.closest.remaining.memoryMiB,
    );
  return ranked[0] ?? null;
}

/** Why a task was not placed, in ECS’s words after the service’s name (Amazon ECS guide, service event messages). */
export function unableToPlace(
  unable: { readonly closest: InstanceRoom; readonly obstacle: Obstacle } | null,
): string {
  const start = 'was unable to place a task because no container instance met all of its requirements.';
  if (unable === null) return `${start} Reason: No Container Instances were found in your capacity provider`;
  const closest = `${start} The closest matching (container-instance ${unable.closest.containerInstanceId})`;
  switch (unable.obstacle) {
    case 'memory':
      return `${closest} has insufficient memory available`;
    case 'cpu':
      return `${closest} has insufficient CPU units available`;
    case 'distinct':
      return `${closest} encountered error "DistinctInstance placement constraint unsatisfied."`;
  }
}
