import type { Timers } from '../src/load/schedule/timers.ts';
import type { KeptAnswer, OpenConnection } from '../src/load/connection/user-connection.ts';

/** What a request comes to: an answer, or a failure, after a time. */
export interface Outcome {
  readonly afterMs: number;
  readonly statusCode?: number;
  readonly failure?: string;
}

/** A server in virtual time. */
export class VirtualServer {
  /** When each request was sent, and over which connection. */
  readonly arrivals: { readonly atMs: number; readonly connection: number; readonly request: string }[] = [];
  /** What answers that are kept have. */
  kept: () => KeptAnswer = () => ({ headers: [], body: Buffer.from('') });
  opened = 0;
  closed = 0;
  readonly #timers: Timers;
  readonly #outcome: (atMs: number) => Outcome;

  constructor(timers: Timers, outcome: (atMs: number) => Outcome = () => ({ afterMs: 1 })) {
    this.#timers = timers;
    this.#outcome = outcome;
  }

  readonly open: OpenConnection = (listener) => {
    const connection = this.opened;
    this.opened += 1;
    let cancel = (): void => undefined;
    return {
      send: (request, keepAnswer) => {
        const atMs = this.#timers.now();
        this.arrivals.push({ atMs, connection, request: request.toString() });
        const { afterMs, statusCode = 200, failure } = this.#outcome(atMs);
        cancel = this.#timers.at(atMs + afterMs, () => {
          if (failure === undefined)
            listener.onAnswer(statusCode, afterMs, { bodyBytes: 2, kept: keepAnswer ? this.kept() : null });
          else listener.onFailure(failure);
        });
      },
      close: () => {
        this.closed += 1;
        cancel();
      },
    };
  };
}
