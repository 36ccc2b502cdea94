import type { Clock, Timer } from '../clock/clock.ts';

/**
 * Calls `reconcile` whenever something has changed. Changes come in bursts: one call looks at all of them together.
 */
export class Reconciler {
  readonly #clock: Clock;
  readonly #reconcile: () => void;
  #wakeUp: { readonly atSeconds: number; readonly timer: Timer } | undefined;
  #isQueued = false;
  #isClosed = false;

  constructor(clock: Clock, reconcile: () => void) {
    this.#clock = clock;
    this.#reconcile = reconcile;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Reconciles once what happens now has happened. */
  queue(): void {
    if (this.#isQueued || this.#isClosed) return;
    this.#isQueued = true;
    queueMicrotask(() => {
      this.#isQueued = false;
      if (this.#isClosed) return;
      this.#cancelWakeUp();
      this.#reconcile();
    });
  }

  /** Reconciles again at the given time, or at an earlier one that is already set. Each reconciliation begins with none set. */
  wakeAt(atSeconds: number): void {
    if (this.#wakeUp !== undefined && this.#wakeUp.atSeconds <= atSeconds) return;
    this.#cancelWakeUp();
    this.#wakeUp = { atSeconds, timer: this.#clock.at(atSeconds, () => this.queue()) };
  }

  /** Reconciles no more. */
  close(): void {
    this.#isClosed = true;
    this.#cancelWakeUp();
  }

  #cancelWakeUp(): void {
    this.#wakeUp?.timer.cancel();
    this.#wakeUp = undefined;
  }
}
