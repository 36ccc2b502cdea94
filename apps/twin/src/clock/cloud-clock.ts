import type { Clock, Timer } from './clock.ts';

/** setTimeout takes a 32-bit number of milliseconds; longer waits are cut into pieces. */
const longestTimeoutMs = 2 ** 31 - 1;

interface Pending {
  readonly atCloudSeconds: number;
  readonly callback: () => void;
  handle: NodeJS.Timeout | undefined;
}

/** Cloud time as wall time multiplied by a speed that may change while it runs. */
export class CloudClock implements Clock {
  #speed: number;
  #originCloudSeconds = 0;
  #originWallMs: number;
  readonly #wallMs: () => number;
  readonly #pending = new Set<Pending>();

  /** @param options.speed cloud seconds per wall second, above 0 */
  constructor(options: { readonly speed: number; readonly wallMs?: () => number }) {
    this.#speed = options.speed;
    this.#wallMs = options.wallMs ?? (() => performance.now());
    this.#originWallMs = this.#wallMs();
  }

  get speed(): number {
    return this.#speed;
  }

  now(): number {
    return this.#originCloudSeconds + ((this.#wallMs() - this.#originWallMs) / 1000) * this.#speed;
  }

  /** Goes on from the present cloud time at another speed; pending callbacks keep their cloud time. */
  setSpeed(speed: number): void {
    this.#originCloudSeconds = this.now();
    this.#originWallMs = this.#wallMs();
    this.#speed = speed;
    for (const pending of this.#pending) this.#arm(pending);
  }

  at(cloudSeconds: number, callback: () => void): Timer {
    const pending: Pending = { atCloudSeconds: cloudSeconds, callback, handle: undefined };
    this.#pending.add(pending);
    this.#arm(pending);
    return { cancel: () => this.#remove(pending) };
  }

  /** Cancels every pending callback. */
  stop(): void {
    for (const pending of this.#pending) this.#remove(pending);
  }

  #remove(pending: Pending): void {
    clearTimeout(pending.handle);
    this.#pending.delete(pending);
  }

  #arm(pending: Pending): void {
    clearTimeout(pending.handle);
    const waitMs = ((pending.atCloudSeconds - this.now()) / this.#speed) * 1000;
    pending.handle = setTimeout(
      () => {
        // Node's timers may fire up to a millisecond early: run only when cloud time has really come.
        if (this.now() < pending.atCloudSeconds) {
          this.#arm(pending);
          return;
        }
        this.#pending.delete(pending);
        pending.callback();
      },
      Math.min(Math.max(Math.ceil(waitMs), 0), longestTimeoutMs),
    );
  }
}
