import { createClient } from '@redis/client';
import type { Deadline } from './deadline.ts';
import { StoreUnavailable } from './document-store.ts';

/** What the store asks a client for. */
export interface RedisClient {
  readonly isReady: boolean;
  get(key: string): Promise<string | null>;
  getEx(key: string, life: { readonly type: 'PX'; readonly value: number }): Promise<string | null>;
  mGet(keys: string[]): Promise<(string | null)[]>;
  del(key: string): Promise<number>;
  eval(script: string, options: ScriptOptions): Promise<unknown>;
  evalSha(sha1: string, options: ScriptOptions): Promise<unknown>;
  connect(): Promise<unknown>;
  unref(): void;
  destroy(): void;
  on(event: 'error' | 'ready' | 'ping-interval', listener: (error: unknown) => void): unknown;
}
interface ScriptOptions {
  keys: string[];
  arguments: string[];
}

export interface RedisLinkOptions {
  readonly url: string;
  /** Undefined where the server wants none. */
  readonly authToken: string | undefined;
  readonly timeoutMs: number;
}

/**
 * A connection that is silent for this long is dead: it is asked for a sign of life often enough. The socket’s own timeout
 * sees to that while nobody asks anything; each command starts it anew, so that commands have to look themselves.
 */
const silenceMs = 6000;
const pingIntervalMs = 2000;
const mostWaitingCommands = 4096;

/** Doubles from 50 ms to 2 s, less a random half: tasks that lost a server together do not come back in step. */
export const reconnectDelayMs = (retries: number, random: () => number): number =>
  Math.round(Math.min(2000, 50 * 2 ** Math.min(retries, 10)) * (0.5 + random() / 2));

/** One connection to a Redis primary that comes back by itself. Commands are refused, never kept, while it is down. */
export class RedisLink {
  readonly #options: RedisLinkOptions;
  #client: RedisClient;
  /** Why the connection is down, or was last; says nothing of the token. */
  #lastError: unknown;
  /** When the server last said anything. */
  #lastHeardMs = performance.now();
  #closed = false;

  /** Starts to connect and goes on without end: a server that is down now is one that comes later. */
  constructor(options: RedisLinkOptions) {
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
    const { url, authToken, timeoutMs } = this.#options;
    const client: RedisClient = createClient({
      url,
      ...(authToken === undefined ? {} : { password: authToken }),
      RESP: 2,
      disableOfflineQueue: true,
      commandsQueueMaxLength: mostWaitingCommands,
      pingInterval: pingIntervalMs,
      socket: {
        connectTimeout: timeoutMs,
        socketTimeout: silenceMs,
        reconnectStrategy: (retries) => reconnectDelayMs(retries, Math.random),
      },
    });
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
