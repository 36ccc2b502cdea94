/** So often the machine’s clock is read again: it is set by the network, and the monotonic one is not. */
const readAgainMs = 60_000;

/** Turns monotonic times into times since the epoch: parts of a trace keep their order to the microsecond. */
export class WallClock {
  readonly #epochNow: () => number;
  readonly #monotonicNow: () => number;
  #offsetMs = 0;
  #readAtMs = -Infinity;

  constructor(epochNow: () => number, monotonicNow: () => number) {
    this.#epochNow = epochNow;
    this.#monotonicNow = monotonicNow;
  }

  /** Monotonic milliseconds. */
  now(): number {
    return this.#monotonicNow();
  }

  /** @param monotonicMs not long ago @returns milliseconds since the epoch, with a fraction */
  at(monotonicMs: number): number {
    if (monotonicMs - this.#readAtMs >= readAgainMs) {
      this.#readAtMs = monotonicMs;
      this.#offsetMs = this.#epochNow() - this.#monotonicNow();
    }
    return monotonicMs + this.#offsetMs;
  }
}
