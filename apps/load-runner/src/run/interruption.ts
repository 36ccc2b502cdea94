/** The parts of Node’s process that can end a run; tests give their own. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/** A terminal’s Ctrl-C reaches a process twice when its parent passes the signal on: that is still one wish. */
const oneWishMs = 500;

/** Watches for the wish to stop. The first ends the run in order, with its record; a later one ends the process. */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #source: SignalSource;
  readonly #exitNow: () => void;
  readonly #now: () => number;
  #askedMs: number | null = null;

  /** @param exitNow what a second signal does. */
  constructor(source: SignalSource, exitNow: () => void, now: () => number = () => performance.now()) {
    this.#source = source;
    this.#exitNow = exitNow;
    this.#now = now;
    source.on('SIGINT', this.interrupt);
    source.on('SIGTERM', this.interrupt);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly interrupt = (): void => {
    const nowMs = this.#now();
    this.#askedMs ??= nowMs;
    if (nowMs - this.#askedMs > oneWishMs) this.#exitNow();
    this.#controller.abort();
  };

  /** Leaves signals to their defaults again. */
  dispose(): void {
    this.#source.off('SIGINT', this.interrupt);
    this.#source.off('SIGTERM', this.interrupt);
  }
}
