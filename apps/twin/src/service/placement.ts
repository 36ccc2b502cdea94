/** A task as placement sees it. */
export interface Placed {
  readonly availabilityZone: string;
  readonly createdAtSeconds: number;
}

/** The zone with the fewest tasks; the first of the list on a tie. @param zones at least one */
export function zoneForNewTask(zones: readonly string[], tasks: readonly Placed[]): string {
  const counts = countByZone(zones, tasks);
  return zones.reduce((best, zone) => ((counts.get(zone) ?? 0) < (counts.get(best) ?? 0) ? zone : best));
}

/** The newest task of the zone with the most tasks: stopping it keeps the spread even. */
export function taskToStop<T extends Placed>(tasks: readonly T[]): T | undefined {
  const zones = [...new Set(tasks.map((task) => task.availabilityZone))];
  const counts = countByZone(zones, tasks);
  return [...tasks].sort(
    (left, right) =>
      (counts.get(right.availabilityZone) ?? 0) - (counts.get(left.availabilityZone) ?? 0) ||
      right.createdAtSeconds - left.createdAtSeconds,
  )[0];
}

/** Tasks in the fullest zone minus tasks in the emptiest one. */
export function zoneImbalance(zones: readonly string[], tasks: readonly Placed[]): number {
  const counts = [...countByZone(zones, tasks).values()];
  return Math.max(...counts) - Math.min(...counts);
}

function countByZone(zones: readonly string[], tasks: readonly Placed[]): Map<string, number> {
  const counts = new Map(zones.map((zone) => [zone, 0]));
  for (const { availabilityZone } of tasks)
    counts.set(availabilityZone, (counts.get(availabilityZone) ?? 0) + 1);
  return counts;
}
