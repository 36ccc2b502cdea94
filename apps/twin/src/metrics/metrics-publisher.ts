import type { Clock, Timer } from '../clock/clock.ts';

export interface PublishedMetric {
  readonly periodSeconds: number;
  /**
   * Publishes the datapoints of the period that began at `startSeconds` and has just ended. Called at once, also while
   * an earlier call still waits for a task’s answer: a period’s figures must not wait for another’s.
   */
  readonly collect: (startSeconds: number) => Promise<void> | void;
}

/** Calls each collector at the end of each of its periods, which are aligned to cloud time zero. */
export class MetricsPublisher {
  readonly #clock: Clock;
  readonly #timers = new Map<PublishedMetric, Timer>();
  #pending: Promise<void> = Promise.resolve();

  /** @param metrics in the order in which they are collected when several periods end together */
  constructor(clock: Clock, metrics: readonly PublishedMetric[]) {
    this.#clock = clock;
    for (const metric of metrics) this.#schedule(metric, nextPeriodEnd(clock.now(), metric.periodSeconds));
  }

  /** Resolves when every period that has ended is published. */
  settled(): Promise<void> {
    return this.#pending;
  }

  close(): void {
    for (const timer of this.#timers.values()) timer.cancel();
  }

  #schedule(metric: PublishedMetric, endSeconds: number): void {
    this.#timers.set(
      metric,
      this.#clock.at(endSeconds, () => {
        this.#schedule(metric, endSeconds + metric.periodSeconds);
        this.#pending = both(this.#pending, metric.collect(endSeconds - metric.periodSeconds));
      }),
    );
  }
}

const both = async (first: Promise<void>, second: Promise<void> | void): Promise<void> => {
  await Promise.all([first, second]);
};

const nextPeriodEnd = (nowSeconds: number, periodSeconds: number): number =>
  (Math.floor(nowSeconds / periodSeconds) + 1) * periodSeconds;
