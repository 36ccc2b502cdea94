import { setTimeout as delay } from 'node:timers/promises';
import type { Observation } from '@tideline/evidence';
import type { ObservedClock } from './observed-clock.ts';
import type { ObservationLog } from './observation-log.ts';
import type { ScalingObserver } from './scaling-observer.ts';

/** One missed look does not end a run; nothing seen for this long, and for this many looks, does. */
const longestBlind = { ms: 15_000, looks: 12 } as const;

export interface WatchSurroundings {
  readonly observer: ScalingObserver;
  readonly log: ObservationLog;
  readonly clock: ObservedClock;
}

/** Observes again and again while a run lasts. */
export class ScalingWatch {
  readonly #surroundings: WatchSurroundings;
  readonly #stopped = new AbortController();
  readonly #waiting = new Set<{ until: (seen: Observation) => boolean; resolve: () => void }>();
  #loop: Promise<void> = Promise.resolve();

  constructor(surroundings: WatchSurroundings) {
    this.#surroundings = surroundings;
  }

  /**
   * Looks once, and from then on in the background.
   * @param onLost called when the environment has not been seen for 15 s, or 12 looks if those take longer.
   * @throws ObserverError when the first look fails.
   */
  async start(onLost: (error: unknown) => void): Promise<void> {
    await this.look();
    if (this.#surroundings.observer.kind !== 'none') this.#loop = this.#watch(onLost);
  }

  /** Looks once, now. */
  async look(): Promise<void> {
    const askedMs = performance.now();
    const seen = await this.#surroundings.observer.observe();
    if (seen === null) return;
    // The observation was made between question and answer; the middle is the best guess.
    this.#surroundings.clock.set(seen, (askedMs + performance.now()) / 2);
    this.#surroundings.log.add(seen);
    for (const waiting of this.#waiting) {
      if (!waiting.until(seen)) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }

  /** Settles with the first observation for which `until` holds, or when the watch is stopped. */
  seen(until: (seen: Observation) => boolean): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stopped.signal.aborted) resolve();
      else this.#waiting.add({ until, resolve });
    });
  }

  /** Looks no more; settles once the last look has ended. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    for (const { resolve } of this.#waiting) resolve();
    this.#waiting.clear();
    await this.#loop;
  }

  async #watch(onLost: (error: unknown) => void): Promise<void> {
    const longestBlindMs = Math.max(
      longestBlind.ms,
      longestBlind.looks * this.#surroundings.observer.periodMs,
    );
    let lastSeenMs = performance.now();
    while (await this.#nextTurn()) {
      try {
        await this.look();
        lastSeenMs = performance.now();
      } catch (error) {
        if (performance.now() - lastSeenMs > longestBlindMs) {
          onLost(error);
          return;
        }
      }
    }
  }

  /** Waits for the time of the next look; false when there is none. */
  #nextTurn(): Promise<boolean> {
    return delay(this.#surroundings.observer.periodMs, true, { signal: this.#stopped.signal }).catch(
      () => false,
    );
  }
}
