import type { Timers } from '../load/schedule/timers.ts';

/** Cloud time as this process estimates it: from the last observation on, at its speed. Never goes back. */
export class ObservedClock {
  readonly #timers: Pick<Timers, 'now'>;
  #anchorWallMs: number;
  #anchorCloudSeconds: number;
  #speed = 1;
  #latest: number;

  /** Starts at `cloudSeconds` with speed 1: correct without an observer. */
  constructor(timers: Pick<Timers, 'now'>, cloudSeconds = 0) {
    this.#timers = timers;
    this.#anchorWallMs = timers.now();
    this.#anchorCloudSeconds = cloudSeconds;
    this.#latest = cloudSeconds;
  }

  /** Cloud seconds per wall second. */
  get speed(): number {
    return this.#speed;
  }

  /** Takes what an observation says of the clock; `wallMs` is when it was made. */
  set(observed: { readonly cloudSeconds: number; readonly speed: number }, wallMs: number): void {
    this.#anchorWallMs = wallMs;
    this.#anchorCloudSeconds = observed.cloudSeconds;
    this.#speed = observed.speed;
  }

  now(): number {
    const wallSeconds = (this.#timers.now() - this.#anchorWallMs) / 1000;
    this.#latest = Math.max(this.#latest, this.#anchorCloudSeconds + wallSeconds * this.#speed);
    return this.#latest;
  }
}
