import type { Clock, Timer } from './clock.ts';

interface Pending {
  readonly atCloudSeconds: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. */
export class VirtualClock implements Clock {
  readonly speed = 1;
  #now = 0;
  #order = 0;
  readonly #pending = new Set<Pending>();

  now(): number {
    return this.#now;
  }

  at(cloudSeconds: number, callback: () => void): Timer {
    const pending: Pending = {
      atCloudSeconds: Math.max(cloudSeconds, this.#now),
      order: this.#order++,
      callback,
    };
    this.#pending.add(pending);
    return { cancel: () => this.#pending.delete(pending) };
  }

  /** Moves on by `seconds`, running what falls due in order, with promise reactions settled in between. */
  async advance(seconds: number): Promise<void> {
    const end = this.#now + seconds;
    await settle();
    for (let next = this.#nextUntil(end); next !== undefined; next = this.#nextUntil(end)) {
      this.#pending.delete(next);
      this.#now = next.atCloudSeconds;
      next.callback();
      await settle();
    }
    this.#now = end;
  }

  #nextUntil(end: number): Pending | undefined {
    let first: Pending | undefined;
    for (const pending of this.#pending) {
      if (pending.atCloudSeconds > end) continue;
      if (first === undefined || isBefore(pending, first)) first = pending;
    }
    return first;
  }
}

const isBefore = (left: Pending, right: Pending): boolean =>
  left.atCloudSeconds < right.atCloudSeconds ||
  (left.atCloudSeconds === right.atCloudSeconds && left.order < right.order);

/** Lets every promise reaction that is ready run: setImmediate comes after all microtasks. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
