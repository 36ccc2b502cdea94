import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { commitArguments, commitScript, commitScriptSha1 } from './commit-script.ts';
import { Deadline } from './deadline.ts';
import {
  StoreUnavailable,
  writesInOrder,
  type Change,
  type Document,
  type DocumentStore,
  type StoreStatus,
} from './document-store.ts';
import { KeyQueue } from './key-queue.ts';
import { RedisLink, type RedisClient, type RedisLinkOptions } from './redis-link.ts';

/** Set apart from whatever else the server holds. */
const keyPrefix = 'tideline:';
const attemptsWithoutPause = 8;
const longestPauseMs = 5;

const textsSchema = z.array(z.string().nullable());
type Texts = z.output<typeof textsSchema>;

/**
 * Documents in Redis 6.2 or newer, without cluster mode: a transaction spans keys that a cluster would spread.
 * Waits for the first connection as long as for any operation, and no longer: the store may come up later.
 */
export async function openRedisStore(options: RedisLinkOptions): Promise<DocumentStore> {
  const link = await RedisLink.open(options);
  await link.ready(new Deadline(options.timeoutMs)).catch(() => undefined);
  return new RedisStore(link, options.timeoutMs);
}

class RedisStore implements DocumentStore {
  readonly kind = 'redis';
  readonly #link: RedisLink;
  readonly #timeoutMs: number;
  readonly #queue = new KeyQueue();
  #conflictCount = 0;

  constructor(link: RedisLink, timeoutMs: number) {
    this.#link = link;
    this.#timeoutMs = timeoutMs;
  }

  async read(key: string): Promise<Document | undefined> {
    return documentOf(await this.#ask((client) => client.get(keyPrefix + key)));
  }

  async touch(key: string, lifeMs: number): Promise<Document | undefined> {
    return documentOf(
      await this.#ask((client) => client.getEx(keyPrefix + key, { type: 'PX', value: lifeMs })),
    );
  }

  async delete(key: string): Promise<void> {
    await this.#ask((client) => client.del(keyPrefix + key));
  }

  transact<Result>(
    keys: readonly string[],
    change: (documents: readonly (Document | undefined)[]) => Change<Result>,
  ): Promise<Result> {
    const deadline = new Deadline(this.#timeoutMs);
    const turn = this.#queue.run(keys, async () => {
      const prefixed = keys.map((key) => keyPrefix + key);
      let texts: Texts = await this.#link.ask(deadline, (client) => client.mGet(prefixed));
      for (let attempt = 1; ; attempt += 1) {
        const { writes, result } = change(texts.map(documentOf));
        const ordered = writesInOrder(keys, writes);
        if (ordered.every((write) => write === undefined)) return result;
        const args = ordered.flatMap((write, index) => commitArguments(texts[index] ?? null, write));
        const reply = await this.#link.ask(deadline, (client) => commit(client, prefixed, args));
        if (reply === 'committed') return result;
        texts = textsSchema.parse(reply);
        this.#conflictCount += 1;
        if (attempt >= attemptsWithoutPause) await delay(Math.random() * longestPauseMs);
      }
    });
    // Waiting for the turn counts too; a turn that comes after the deadline ends at its first question.
    return deadline.bound(turn);
  }

  status(): StoreStatus {
    return { up: this.#link.isReady, conflictCount: this.#conflictCount };
  }

  close(): Promise<void> {
    this.#link.close();
    return Promise.resolve();
  }

  #ask<Reply>(command: (client: RedisClient) => Promise<Reply>): Promise<Reply> {
    return this.#link.ask(new Deadline(this.#timeoutMs), command);
  }
}

/** By the script’s hash; a server that has started since does not know it yet. */
async function commit(client: RedisClient, keys: string[], args: string[]): Promise<unknown> {
  const options = { keys, arguments: args };
  try {
    return await client.evalSha(commitScriptSha1, options);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
    return client.eval(commitScript, options);
  }
}

/** @throws StoreUnavailable for text that this program has not written */
function documentOf(text: string | null): Document | undefined {
  if (text === null) return undefined;
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null) return value;
  throw new StoreUnavailable('Redis holds something else under the key of a document');
}
