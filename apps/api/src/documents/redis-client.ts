import { createClient } from '@redis/client';

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

export interface RedisClientOptions {
  readonly url: string;
  /** Undefined where the server wants none. */
  readonly authToken: string | undefined;
  readonly timeoutMs: number;
}

/**
 * A connection that is silent for this long is dead: it is asked for a sign of life often enough. The socket’s own timeout
 * sees to that while no command is sent; each command starts it anew, so that commands have to look themselves.
 */
export const silenceMs = 6000;
const pingIntervalMs = 2000;
const mostWaitingCommands = 4096;

/** Doubles from 50 ms to 2 s, less a random half: tasks that lost a server together do not come back in step. */
export const reconnectDelayMs = (retries: number, random: () => number): number =>
  Math.round(Math.min(2000, 50 * 2 ** Math.min(retries, 10)) * (0.5 + random() / 2));

/** A client that is still to connect, and then comes back by itself. Commands are refused, never kept, while it is down. */
export const createRedisClient = ({ url, authToken, timeoutMs }: RedisClientOptions): RedisClient =>
  createClient({
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
