export interface PendingCallback {
  readonly atCloudSeconds: number;
  /** Registration order: decides between callbacks of the same time. */
  readonly order: number;
  readonly callback: () => void;
}

/** Pending callbacks in the order in which they are to run. There are tens of them, so a sorted array serves. */
export class TimerQueue {
  readonly #pending: PendingCallback[] = [];
  #order = 0;

  add(atCloudSeconds: number, callback: () => void): PendingCallback {
    const pending = { atCloudSeconds, order: this.#order++, callback };
    const index = this.#pending.findIndex((other) => other.atCloudSeconds > atCloudSeconds);
    this.#pending.splice(index < 0 ? this.#pending.length : index, 0, pending);
    return pending;
  }

  first(): PendingCallback | undefined {
    return this.#pending[0];
  }

  remove(pending: PendingCallback): void {
    const index = this.#pending.indexOf(pending);
    if (index >= 0) this.#pending.splice(index, 1);
  }

  /**
   * Hands out what is due at `cloudSeconds`, one by one, each still pending until its turn so that an earlier one may
   * cancel it. What is registered meanwhile for no later time than the present turn waits for the next call:
   * a callback that goes on at once cannot hold up everything.
   */
  *takeDue(cloudSeconds: number): Generator<PendingCallback> {
    const end = this.#order;
    let turnSeconds = -Infinity;
    for (;;) {
      const next = this.#pending.find(
        ({ order, atCloudSeconds }) => order < end || atCloudSeconds > turnSeconds,
      );
      if (next === undefined || next.atCloudSeconds > cloudSeconds) return;
      turnSeconds = next.atCloudSeconds;
      this.remove(next);
      yield next;
    }
  }

  clear(): void {
    this.#pending.length = 0;
  }
}
