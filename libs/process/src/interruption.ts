/** Signals that end a program. */
type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** The parts of Node’s process that can end a run; tests give their own. */
interface SignalSource {
  /** Another process once the parent has ended. */
  readonly ppid?: number;
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
}

/** How often a program looks whether its parent is still there. */
const parentPollMs = 500;

interface InterruptionOptions {
  /** What the first signal does besides. @default nothing */
  readonly onFirst?: () => void;
  /** What a signal does that comes when the user has lost patience. */
  readonly onLater: () => void;
  /** @default SIGINT and SIGTERM, which `nohup` does not hold back */
  readonly signals?: readonly StopSignal[];
  /** Ends with the process that started this one, npm for one, as after a signal. @default false */
  readonly endsWithParent?: boolean;
  /** Milliseconds of a clock that never goes back. @default performance.now */
  readonly now?: () => number;
}

/** The user asked to stop. Thrown by what was waited for, once it has ended in order. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';

  constructor() {
    super('interrupted');
  }
}

/** @throws InterruptedError once the user has asked to stop */
export function throwIfInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw new InterruptedError();
}

/** A terminal’s Ctrl-C reaches a process twice when its parent, npm for one, passes the signal on: that is still one wish. */
const oneWishMs = 500;

/** Watches for the wish to stop. The first asks for an orderly end; one that comes later than half a second after it is impatience. */
export class Interruption {
  /** Resolves at the first wish. */
  readonly requested: Promise<void>;
  readonly #controller = new AbortController();
  readonly #source: SignalSource;
  readonly #signals: readonly StopSignal[];
  readonly #options: InterruptionOptions;
  readonly #parentWatch: NodeJS.Timeout | undefined;
  #askedMs: number | null = null;

  constructor(source: SignalSource, options: InterruptionOptions) {
    this.#source = source;
    this.#signals = options.signals ?? ['SIGINT', 'SIGTERM'];
    this.#options = options;
    this.requested = new Promise((resolve) =>
      this.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    for (const signal of this.#signals) source.on(signal, this.interrupt);
    if (options.endsWithParent === true) this.#parentWatch = this.#watchParent(source.ppid);
  }

  /** Aborted at the first wish, with an InterruptedError. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isRequested(): boolean {
    return this.signal.aborted;
  }

  /** A wish that came another way than by a signal. */
  readonly interrupt = (): void => {
    const { now = () => performance.now(), onFirst, onLater } = this.#options;
    const nowMs = now();
    if (this.#askedMs === null) {
      this.#askedMs = nowMs;
      onFirst?.();
      this.#controller.abort(new InterruptedError());
    } else if (nowMs - this.#askedMs > oneWishMs) onLater();
  };

  /** Leaves signals to their defaults again. */
  dispose(): void {
    clearInterval(this.#parentWatch);
    for (const signal of this.#signals) this.#source.off(signal, this.interrupt);
  }

  #watchParent(parent: number | undefined): NodeJS.Timeout {
    const watch = setInterval(() => {
      if (this.#source.ppid === parent) return;
      clearInterval(watch);
      this.interrupt();
    }, parentPollMs);
    return watch.unref();
  }
}
