import type { Clock, Timer } from './clock.ts';
import { TimerQueue } from './timer-queue.ts';

/** A clock that stands still until a test moves it. */
export class VirtualClock implements Clock {
  /** Says how fast cloud time runs to who asks; it moves by `advance` alone. */
  speed = 1;
  #now = 0;
  readonly #queue = new TimerQueue();

  now(): number {
    return this.#now;
  }

  at(cloudSeconds: number, callback: () => void): Timer {
    const pending = this.#queue.add(Math.max(cloudSeconds, this.#now), callback);
    return { cancel: () => this.#queue.remove(pending) };
  }

  /** Moves on by `seconds`, running what falls due in order, with promise reactions settled in between. */
  async advance(seconds: number): Promise<void> {
    const end = this.#now + seconds;
    await settle();
    for (let next = this.#queue.first(); next !== undefined; next = this.#queue.first()) {
      if (next.atCloudSeconds > end) break;
      this.#queue.remove(next);
      this.#now = next.atCloudSeconds;
      next.callback();
      await settle();
    }
    this.#now = end;
  }
}

/** Lets every promise reaction that is ready run: setImmediate comes after all microtasks. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
