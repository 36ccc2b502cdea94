import { randomFrom } from '@tideline/scaling';
import type { LoadTally } from '../figures/load-tally.ts';
import type { DueQueue, DueTask } from './due-queue.ts';
import type { Timers } from './timers.ts';

/** A user who sends what is due as long as it is free. */
export interface FreeUser {
  /** @param dueMs when the request was due. @param waitedMs for how long of its delay no user was free */
  sendDue(dueMs: number, waitedMs: number): void;
}

interface SharedContext {
  readonly timers: Timers;
  readonly dueQueue: DueQueue;
  readonly tally: Pick<LoadTally, 'unsent'>;
  readonly arrivals: 'even' | 'poisson';
  readonly seed: number;
}

/**
 * Requests that are due at times of their own, whichever user sends them: an open loop however long answers take. The user who
 * has been free for longest sends the next one; where none is free, it waits, and its latency counts from when it was due.
 *
 * A process of one arrival per unit of work, even or Poisson, runs at the speed of the rate. So a rate may change at any
 * moment, in steps far shorter than the distance of two requests too, and no request is lost or added.
 */
export class SharedArrivals {
  readonly #context: SharedContext;
  readonly #random: () => number;
  /** In the order in which they became free. */
  readonly #free = new Set<FreeUser>();
  /** Times of requests that wait for a user, earliest first; those before `#taken` are gone. */
  #waiting: number[] = [];
  #taken = 0;
  #perMs = 0;
  /** Up to when the work of the next request has been counted. */
  #countedMs: number;
  #workLeft: number;
  #next: DueTask | null = null;

  constructor(context: SharedContext) {
    this.#context = context;
    this.#random = randomFrom(context.seed);
    this.#countedMs = context.timers.now();
    this.#workLeft = this.#draw();
  }

  /** From now on, this many requests are due a second. */
  setRate(requestsPerSecond: number): void {
    const perMs = requestsPerSecond / 1000;
    if (perMs === this.#perMs) return;
    const nowMs = this.#context.timers.now();
    // What fell due before the change did so at the old rate, even where its timer comes late.
    for (let next = this.#next; next !== null && next.dueMs <= nowMs; next = this.#next) {
      this.#context.dueQueue.cancel(next);
      this.#due(next.dueMs);
    }
    this.#workLeft -= (nowMs - this.#countedMs) * this.#perMs;
    this.#countedMs = nowMs;
    this.#perMs = perMs;
    this.#schedule();
  }

  /** The next request that waits, when it was due; else the user is free from now on. */
  take(user: FreeUser): number | null {
    const dueMs = this.#waiting[this.#taken];
    if (dueMs === undefined) {
      this.#free.add(user);
      return null;
    }
    this.#taken += 1;
    if (this.#taken > 10_000) {
      this.#waiting = this.#waiting.slice(this.#taken);
      this.#taken = 0;
    }
    return dueMs;
  }

  /** The user sends no more. */
  remove(user: FreeUser): void {
    this.#free.delete(user);
  }

  /** Nothing is due any more; what still waits was never sent. */
  stop(): void {
    this.#context.tally.unsent += this.#waiting.length - this.#taken;
    this.#waiting = [];
    this.#taken = 0;
    this.#perMs = 0;
    this.#schedule();
  }

  #schedule(): void {
    const { dueQueue } = this.#context;
    if (this.#next !== null) dueQueue.cancel(this.#next);
    this.#next = null;
    if (this.#perMs === 0) return;
    const dueMs = this.#countedMs + this.#workLeft / this.#perMs;
    this.#next = dueQueue.add({ dueMs, run: (at) => this.#due(at) });
  }

  #due(dueMs: number): void {
    this.#countedMs = dueMs;
    this.#workLeft = this.#draw();
    this.#schedule();
    const [user] = this.#free;
    if (user === undefined) {
      this.#waiting.push(dueMs);
      return;
    }
    this.#free.delete(user);
    user.sendDue(dueMs, 0);
  }

  /** Work up to the next request: 1, or exponential with mean 1. */
  #draw(): number {
    return this.#context.arrivals === 'even' ? 1 : -Math.log(1 - this.#random());
  }
}
