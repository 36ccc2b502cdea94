import type { PlacementOutcome, TaskPlacement } from './task-placement.ts';

/** Fargate: every zone that is there has room for every task, so a task knows its zone from the start. */
export class ZonePlacement implements TaskPlacement {
  readonly #all: readonly string[];
  readonly #lost = new Set<string>();

  constructor(zones: readonly string[]) {
    this.#all = zones;
  }

  get zones(): readonly string[] {
    return this.#all.filter((zone) => !this.#lost.has(zone));
  }

  loseZone(zone: string): void {
    this.#lost.add(zone);
  }

  restoreZone(zone: string): void {
    this.#lost.delete(zone);
  }

  mustLeave(): boolean {
    return false;
  }

  place({ missing }: { readonly missing: number }): PlacementOutcome {
    const unable =
      missing > 0 && this.zones.length === 0
        ? 'was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone'
        : null;
    return { placed: [], unable };
  }
}
