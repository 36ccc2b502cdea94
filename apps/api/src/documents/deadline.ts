import { StoreUnavailable } from './document-store.ts';

/** The moment by which one operation has to be over, however many steps it takes. */
export class Deadline {
  readonly #timeoutMs: number;
  readonly #endsAtMs: number;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#endsAtMs = performance.now() + timeoutMs;
  }

  get isOver(): boolean {
    return performance.now() >= this.#endsAtMs;
  }

  /** @throws StoreUnavailable once the time is over */
  check(): void {
    if (this.isOver) throw this.#error();
  }

  /**
   * What the step resolves with. Rejects with `StoreUnavailable` when the deadline comes first. A process that did not run
   * for a while, as one whose CPU share is used up, finds its timers over before it has read what came meanwhile: an answer
   * that is there by then counts.
   */
  async bound<T>(step: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const giveUp = (): unknown => setImmediate(() => reject(this.#error()));
      timer = setTimeout(giveUp, Math.max(0, this.#endsAtMs - performance.now()));
    });
    try {
      return await Promise.race([step, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #error(): StoreUnavailable {
    return new StoreUnavailable(`no answer within ${this.#timeoutMs} ms`);
  }
}
