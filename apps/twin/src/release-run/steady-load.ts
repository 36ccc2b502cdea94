import { Agent, request } from 'node:http';

/** How often requests that have fallen due are sent. */
const tickMs = 10;
/** A request without an answer for this long has failed. */
const timeoutMs = 10_000;

/** Clients that ask at a steady rate, whatever the answers, on connections that are kept open. */
export class SteadyLoad {
  /** By status, or by error code where there was no whole answer. */
  readonly #outcomes = new Map<string, number>();
  readonly #agent = new Agent({ keepAlive: true });
  readonly #url: string;
  readonly #timer: NodeJS.Timeout;
  readonly #inFlight = new Set<Promise<void>>();

  constructor(url: string, requestsPerSecond: number) {
    this.#url = url;
    const startedAtMs = performance.now();
    let sent = 0;
    this.#timer = setInterval(() => {
      const due = Math.floor(((performance.now() - startedAtMs) / 1000) * requestsPerSecond);
      for (; sent < due; sent += 1) this.#send();
    }, tickMs);
  }

  outcomes(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#outcomes);
  }

  /** Sends nothing more, and waits for every answer. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#inFlight);
    this.#agent.destroy();
  }

  #send(): void {
    const answered = this.#ask().then((outcome) => {
      this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
      this.#inFlight.delete(answered);
    });
    this.#inFlight.add(answered);
  }

  #ask(): Promise<string> {
    return new Promise((resolve) => {
      const asked = request(this.#url, { agent: this.#agent, timeout: timeoutMs }, (response) => {
        response.on('error', () => resolve('truncated'));
        response.on('end', () => resolve(response.complete ? String(response.statusCode) : 'truncated'));
        response.resume();
      });
      asked.on('timeout', () =>
        asked.destroy(Object.assign(new Error('no answer in time'), { code: 'timeout' })),
      );
      asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      asked.end();
    });
  }
}
