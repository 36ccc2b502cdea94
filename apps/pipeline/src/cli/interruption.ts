/** The parts of Node’s process that can end a run; tests give their own. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/**
 * Watches for the wish to stop. Every wish means the same: what runs is asked to end once, and is waited for,
 * because Terraform that is killed keeps its lock and forgets what it has made.
 */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #source: SignalSource;
  readonly #onWish: () => void;

  /** @param onWish called for each signal, to tell the user that it was heard. */
  constructor(source: SignalSource, onWish: () => void) {
    this.#source = source;
    this.#onWish = onWish;
    source.on('SIGINT', this.#interrupt);
    source.on('SIGTERM', this.#interrupt);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Leaves signals to their defaults again. */
  dispose(): void {
    this.#source.off('SIGINT', this.#interrupt);
    this.#source.off('SIGTERM', this.#interrupt);
  }

  readonly #interrupt = (): void => {
    this.#onWish();
    this.#controller.abort();
  };
}
