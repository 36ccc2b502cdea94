import {
  type FaultCost,
  type InstancePoint,
  type Observation,
  type RunRecord,
  type TimelinePoint,
  faultCostsSince,
} from '@tideline/evidence';
import { isDeepStrictEqual } from 'node:util';

/** What was seen of a run’s scaling, from its first observation on. */
export class ObservationLog {
  readonly #counts = new ChangeLog<TimelinePoint>();
  readonly #speeds: RunRecord['speed'] = [];
  #latest: Observation | null = null;
  #first: Observation | null = null;
  #peakRunning = 0;
  /** Instances that tasks ran on; empty where they had none of their own. */
  readonly instances = new ChangeLog<InstancePoint>();

  /** Adds an observation; one that is older than the latest is ignored. */
  add(observation: Observation): void {
    const { cloudSeconds, speed, capacityProvider } = observation;
    if (this.#latest !== null && cloudSeconds < this.#latest.cloudSeconds) return;
    this.#first ??= observation;
    this.#latest = observation;
    const { desired, running, healthy, warmed } = observation.service;
    this.#peakRunning = Math.max(this.#peakRunning, running);
    this.#counts.add({
      ...{ cloudSeconds, desired, running, healthy },
      ...(warmed === undefined ? {} : { warmed }),
    });
    if (capacityProvider !== undefined) {
      const { instances } = capacityProvider;
      this.instances.add({ cloudSeconds, desired: instances.desired, active: instances.active });
    }
    if (this.#speeds.at(-1)?.speed !== speed) this.#speeds.push({ fromCloudSeconds: cloudSeconds, speed });
  }

  get latest(): Observation | null {
    return this.#latest;
  }

  /** What dead targets have cost since the first observation; undefined where nobody counts it. */
  faultCosts(): FaultCost[] | undefined {
    const later = this.#latest?.faultCosts;
    return later && faultCostsSince(this.#first?.faultCosts ?? [], later);
  }

  /** Speeds of cloud time, each from when it was first seen. */
  get speeds(): RunRecord['speed'] {
    return this.#speeds;
  }

  get peakRunning(): number {
    return this.#peakRunning;
  }

  timeline(): TimelinePoint[] {
    return this.#counts.timeline();
  }
}

/** Counts over time. */
class ChangeLog<Point extends { readonly cloudSeconds: number }> {
  readonly #changes: Point[] = [];
  #last: Point | null = null;

  add(point: Point): void {
    this.#last = point;
    const { cloudSeconds } = point;
    if (!isDeepStrictEqual({ ...this.#changes.at(-1), cloudSeconds }, point)) this.#changes.push(point);
  }

  /** A point for every change of the counts, and one for the latest observation. */
  timeline(): Point[] {
    return this.#last === null || this.#changes.at(-1)?.cloudSeconds === this.#last.cloudSeconds
      ? [...this.#changes]
      : [...this.#changes, this.#last];
  }
}
