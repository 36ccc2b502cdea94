import type { Clock } from '../clock/clock.ts';

/** Healthy targets on average, over the time in which there was any. */
export class TargetAverage {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #healthyTargets: () => number;
  #healthy: number;
  #sinceSeconds: number;
  /** Healthy targets times how long there were so many. */
  #targetSeconds = 0;
  /** How long there was any. */
  #seconds = 0;

  constructor(clock: Pick<Clock, 'now'>, healthyTargets: () => number) {
    this.#clock = clock;
    this.#healthyTargets = healthyTargets;
    this.#healthy = healthyTargets();
    this.#sinceSeconds = clock.now();
  }

  /** To be called just after the targets change. */
  mark(): void {
    const now = this.#clock.now();
    if (this.#healthy > 0) {
      this.#targetSeconds += this.#healthy * (now - this.#sinceSeconds);
      this.#seconds += now - this.#sinceSeconds;
    }
    this.#sinceSeconds = now;
    this.#healthy = this.#healthyTargets();
  }

  /** The average since the last call, undefined where there was none; then starts over. */
  take(): number | undefined {
    this.mark();
    const average = this.#seconds === 0 ? undefined : this.#targetSeconds / this.#seconds;
    this.#targetSeconds = 0;
    this.#seconds = 0;
    return average;
  }
}
