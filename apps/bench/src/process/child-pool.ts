import { setMaxListeners } from 'node:events';
import { Child, type ChildSpec } from './child.ts';
import type { MeasurementError } from '../outcome.ts';

const startTimeoutMs = 20_000;

/** A server that listens. */
export interface StartedServer {
  readonly url: string;
  /** Of the process, or of the one that guards it. */
  readonly pid: number;
}

/** The programs that the benchmark has started; nothing is started any other way. */
export class ChildPool {
  readonly #children = new Set<Child>();
  readonly #signal: AbortSignal;

  /** @param signal ends every wait on a child, with its reason. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    // Each server that starts listens for its end, and a comparison starts a dozen at once.
    setMaxListeners(0, signal);
  }

  start(spec: ChildSpec): Child {
    this.#signal.throwIfAborted();
    const child = new Child(spec);
    this.#children.add(child);
    void child.ended.then(() => this.#children.delete(child));
    return child;
  }

  /** Starts a server and waits for the line that says where it listens. @throws MeasurementError */
  async startServer(
    spec: ChildSpec & { readonly readUrl: (line: string) => string | undefined },
  ): Promise<StartedServer> {
    const child = this.start(spec);
    const url = await this.within(startTimeoutMs, child.firstLine(spec.readUrl), () =>
      child.failure(`did not listen within ${startTimeoutMs / 1000} s`),
    );
    return { url, pid: child.pid };
  }

  /** Runs a program to its end, whatever its exit code. @throws MeasurementError when it takes longer than `timeoutMs` */
  async run(
    spec: ChildSpec & { readonly timeoutMs: number },
  ): Promise<{ readonly output: string; readonly failure: (what: string) => MeasurementError }> {
    const child = this.start(spec);
    try {
      const output = await this.within(spec.timeoutMs, child.output(), () =>
        child.failure(`did not end within ${spec.timeoutMs / 1000} s`),
      );
      const ending = await child.ended;
      return { output, failure: (what) => child.failure(`(${ending}) ${what}`) };
    } finally {
      await child.stop();
    }
  }

  /** Waits at most so long, and no longer than the benchmark goes on. */
  async within<T>(timeoutMs: number, result: Promise<T>, late: () => Error): Promise<T> {
    const signal = this.#signal;
    signal.throwIfAborted();
    let giveUp: () => void = () => undefined;
    const limit = new Promise<never>((_, reject) => {
      const timer = setTimeout(() => reject(late()), timeoutMs);
      const abort = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', abort, { once: true });
      giveUp = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
      };
    });
    try {
      return await Promise.race([result, limit]);
    } finally {
      giveUp();
    }
  }

  /** Stops all of them; resolves once the last has ended. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#children].map((child) => child.stop()));
  }
}
