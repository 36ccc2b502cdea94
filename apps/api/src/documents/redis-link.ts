import type { Deadline } from './deadline.ts';
import { StoreUnavailable } from './document-store.ts';
import { type RedisClient, type RedisClientOptions, createRedisClient, silenceMs } from './redis-client.ts';

/** One connection to a Redis primary that comes back by itself. Commands are refused, never kept, while it is down. */
export class RedisLink {
  readonly #options: RedisClientOptions;
  #client: RedisClient;
  /** Why the connection is down, or was last; says nothing of the token. */
  #lastError: unknown;
  /** When the server last said anything. */
  #lastHeardMs = performance.now();
  #closed = false;

  /** Starts to connect and goes on without end: a server that is down now is one that comes later. */
  constructor(options: RedisClientOptions) {
    this.#options = options;
    this.#client = this.#connect();
  }

  get isReady(): boolean {
    return this.#client.isReady;
  }

  /** Resolves when the connection stands, or rejects at the deadline. */
  async ready(deadline: Deadline): Promise<void> {
    if (this.isReady) return;
    await deadline.bound(new Promise<void>((resolve) => void this.#client.on('ready', () => resolve())));
  }

  /** @throws StoreUnavailable whatever went wrong */
  async ask<Reply>(deadline: Deadline, command: (client: RedisClient) => Promise<Reply>): Promise<Reply> {
    if (this.#closed) throw new StoreUnavailable('the store is closed');
    deadline.check();
    try {
      return await deadline.bound(this.#heard(command(this.#client)));
    } catch (error) {
      if (isOfReplica(error) || performance.now() - this.#lastHeardMs >= silenceMs) this.#reconnect();
      if (error instanceof StoreUnavailable) throw error;
      const cause = this.isReady ? error : (this.#lastError ?? error);
      throw new StoreUnavailable('Redis did not answer the command', { cause });
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    // A connection that is being made when it is destroyed is made all the same: it must not keep the process from ending.
    this.#client.unref();
    this.#client.destroy();
  }

  /** Counts an answer as a sign of life, also one that comes too late for who asked. */
  async #heard<Reply>(answer: Promise<Reply>): Promise<Reply> {
    const reply = await answer;
    this.#lastHeardMs = performance.now();
    return reply;
  }

  #reconnect(): void {
    if (this.#closed || !this.isReady) return;
    this.#client.destroy();
    this.#client = this.#connect();
  }

  #connect(): RedisClient {
    const client = createRedisClient(this.#options);
    // Without a listener, the client would end the process.
    client.on('error', (error) => (this.#lastError = error));
    for (const event of ['ready', 'ping-interval'] as const) {
      client.on(event, () => (this.#lastHeardMs = performance.now()));
    }
    client.connect().catch((error: unknown) => (this.#lastError = error));
    return client;
  }
}

/** After a failover the old primary answers as a replica: its name leads to the new one by now. Redis 6.2 wraps what a script was answered. */
const isOfReplica = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('READONLY ');
