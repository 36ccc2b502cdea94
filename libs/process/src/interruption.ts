/** Signals that end a program. */
type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** The parts of Node’s process that can end a run; tests give their own. */
interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
}

interface InterruptionOptions {
  /** What a signal does that comes when the user has lost patience. */
  readonly exitNow: () => void;
  /** @default SIGINT and SIGTERM */
  readonly signals?: readonly StopSignal[];
  /** What the signal is aborted with. @default an AbortError */
  readonly reason?: Error;
  /** Milliseconds of a clock that never goes back. @default performance.now */
  readonly now?: () => number;
}

/** A terminal’s Ctrl-C reaches a process twice when its parent, npm for one, passes the signal on: that is still one wish. */
const oneWishMs = 500;

/** Watches for the wish to stop. The first asks for an orderly end; one that comes later than half a second after it ends all at once. */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #source: SignalSource;
  readonly #signals: readonly StopSignal[];
  readonly #options: InterruptionOptions;
  #askedMs: number | null = null;

  constructor(source: SignalSource, options: InterruptionOptions) {
    this.#source = source;
    this.#signals = options.signals ?? ['SIGINT', 'SIGTERM'];
    this.#options = options;
    for (const signal of this.#signals) source.on(signal, this.interrupt);
  }

  /** Aborted at the first wish. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** A wish that came another way than by a signal. */
  readonly interrupt = (): void => {
    const { now = () => performance.now(), exitNow, reason } = this.#options;
    const nowMs = now();
    this.#askedMs ??= nowMs;
    if (nowMs - this.#askedMs > oneWishMs) exitNow();
    this.#controller.abort(reason);
  };

  /** Leaves signals to their defaults again. */
  dispose(): void {
    for (const signal of this.#signals) this.#source.off(signal, this.interrupt);
  }
}
