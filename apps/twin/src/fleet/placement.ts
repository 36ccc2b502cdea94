/** A task as placement sees it. */
export interface Placed {
  /** Null: it has no place yet. */
  readonly availabilityZone: string | null;
  readonly createdAtSeconds: number;
}

/** The zone with the fewest tasks; the first of the list on a tie. @param zones at least one */
export function zoneForNewTask<Zone extends string | null>(
  zones: readonly Zone[],
  tasks: readonly Placed[],
): Zone {
  const counts = countByZone(zones, tasks);
  return zones.reduce((best, zone) => ((counts.get(zone) ?? 0) < (counts.get(best) ?? 0) ? zone : best));
}

/**
 * The newest of the candidates in the zone with the most tasks: stopping it keeps the spread even. The last on a tie.
 * @param tasks every task that counts for the spread, the candidates among them
 */
export function taskToStop<T extends Placed>(candidates: readonly T[], tasks: readonly T[]): T | undefined {
  const counts = countByZone([], tasks);
  return [...candidates]
    .reverse()
    .sort(
      (left, right) =>
        (counts.get(right.availabilityZone) ?? 0) - (counts.get(left.availabilityZone) ?? 0) ||
        right.createdAtSeconds - left.createdAtSeconds,
    )[0];
}

/** Tasks in the fullest of the zones minus tasks in the emptiest one; tasks elsewhere do not count. */
export function zoneImbalance(zones: readonly (string | null)[], tasks: readonly Placed[]): number {
  if (zones.length === 0) return 0;
  const counts = countByZone(zones, tasks);
  const inZones = zones.map((zone) => counts.get(zone) ?? 0);
  return Math.max(...inZones) - Math.min(...inZones);
}

function countByZone(
  zones: readonly (string | null)[],
  tasks: readonly Placed[],
): Map<string | null, number> {
  const counts = new Map(zones.map((zone) => [zone, 0]));
  for (const { availabilityZone } of tasks)
    counts.set(availabilityZone, (counts.get(availabilityZone) ?? 0) + 1);
  return counts;
}
