import type { InstancePoint, Observation } from '@tideline/evidence';

/** What was seen of the instances that tasks run on; empty where there are none of their own. */
export class InstanceLog {
  readonly #timeline: InstancePoint[] = [];
  #last: InstancePoint | null = null;

  add({ cloudSeconds, capacityProvider }: Observation): void {
    if (capacityProvider === undefined) return;
    const { desired, active } = capacityProvider.instances;
    this.#last = { cloudSeconds, desired, active };
    const kept = this.#timeline.at(-1);
    if (kept?.desired !== desired || kept.active !== active) this.#timeline.push(this.#last);
  }

  /** A point for every change of the counts, and one for the latest observation. */
  timeline(): InstancePoint[] {
    const kept = this.#timeline.at(-1);
    return this.#last === null || kept?.cloudSeconds === this.#last.cloudSeconds
      ? [...this.#timeline]
      : [...this.#timeline, this.#last];
  }
}
