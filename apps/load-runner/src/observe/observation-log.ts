import { InstanceLog } from './instance-log.ts';
import type { Observation, RunRecord, TimelinePoint } from '@tideline/evidence';

/** What was seen of a run’s scaling, from its first observation on. */
export class ObservationLog {
  readonly #timeline: TimelinePoint[] = [];
  readonly #speeds: RunRecord['speed'] = [];
  #last: TimelinePoint | null = null;
  #latest: Observation | null = null;
  #peakRunning = 0;
  /** Instances that tasks ran on, where they had any of their own. */
  readonly instances = new InstanceLog();

  /** Adds an observation; one that is older than the latest is ignored. */
  add(observation: Observation): void {
    const { cloudSeconds, speed } = observation;
    if (this.#latest !== null && cloudSeconds < this.#latest.cloudSeconds) return;
    this.#latest = observation;
    this.instances.add(observation);
    const { desired, running, healthy } = observation.service;
    this.#peakRunning = Math.max(this.#peakRunning, running);
    this.#last = { cloudSeconds, desired, running, healthy };
    const kept = this.#timeline.at(-1);
    if (kept?.desired !== desired || kept.running !== running || kept.healthy !== healthy) {
      this.#timeline.push(this.#last);
    }
    if (this.#speeds.at(-1)?.speed !== speed) this.#speeds.push({ fromCloudSeconds: cloudSeconds, speed });
  }

  get latest(): Observation | null {
    return this.#latest;
  }

  /** Speeds of cloud time, each from when it was first seen. */
  get speeds(): RunRecord['speed'] {
    return this.#speeds;
  }

  get peakRunning(): number {
    return this.#peakRunning;
  }

  /** A point for every change of the counts, and one for the latest observation. */
  timeline(): TimelinePoint[] {
    const kept = this.#timeline.at(-1);
    if (this.#last === null || kept === undefined || kept.cloudSeconds === this.#last.cloudSeconds) {
      return [...this.#timeline];
    }
    return [...this.#timeline, this.#last];
  }
}
