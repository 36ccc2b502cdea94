import { Agent, request } from 'node:http';
import { eventually } from './eventually.ts';

/** Pause of a user between two requests: keeps the load far below what the machine can do. */
const thinkMs = 4;

/** Users who ask one after another on kept-alive connections until they are stopped; every outcome is counted. */
export class ConcurrentLoad {
  /** By status, or by the connection’s error code. */
  readonly outcomes = new Map<string, number>();
  readonly #agent: Agent;
  readonly #users: Promise<unknown>;
  #isStopped = false;

  constructor(url: string, users: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: users });
    this.#users = Promise.all(Array.from({ length: users }, () => this.#use(url)));
  }

  get answered(): number {
    return this.outcomes.get('200') ?? 0;
  }

  /** Every outcome but 200. */
  get failures(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.outcomes].filter(([outcome]) => outcome !== '200'));
  }

  /** Waits until so many more requests have been answered. */
  async answer(more: number): Promise<void> {
    const enough = this.answered + more;
    await eventually(
      () => Promise.resolve(this.answered),
      (count) => count >= enough,
    );
  }

  /** Lets every request in flight end. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#users;
    this.#agent.destroy();
  }

  async #use(url: string): Promise<void> {
    while (!this.#isStopped) {
      const outcome = await this.#ask(url);
      this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, thinkMs));
    }
  }

  #ask(url: string): Promise<string> {
    return new Promise((resolve) => {
      const asked = request(url, { agent: this.#agent }, (response) => {
        response.on('error', () => resolve('truncated'));
        response.on('end', () => resolve(response.complete ? String(response.statusCode) : 'truncated'));
        response.resume();
      });
      asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      asked.end();
    });
  }
}
