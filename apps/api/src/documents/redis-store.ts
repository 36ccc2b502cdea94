import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { changeBatch, type KeyedChange, type Outcome } from './change-batch.ts';
import { commitArguments, commitScript, commitScriptSha1 } from './commit-script.ts';
import { Deadline } from './deadline.ts';
import {
  StoreUnavailable,
  type Change,
  type Document,
  type DocumentStore,
  type StoreStatus,
} from './document-store.ts';
import { KeyQueue } from './key-queue.ts';
import type { RedisClient, RedisClientOptions } from './redis-client.ts';
import { RedisLink } from './redis-link.ts';

/** Set apart from whatever else the server holds. */
const keyPrefix = 'tideline:';
/** Some times what a commit takes, so that eight processes that want the same document get out of each other’s way. */
const longestPauseMs = 16;

const textsSchema = z.array(z.string().nullable());
type Texts = z.output<typeof textsSchema>;

/**
 * Documents in Redis 6.2 or newer, without cluster mode: a transaction spans keys that a cluster would spread.
 * Waits for the first connection as long as for any operation, and no longer: the store may come up later.
 */
export async function openRedisStore(options: RedisClientOptions): Promise<DocumentStore> {
  const link = new RedisLink(options);
  await link.ready(new Deadline(options.timeoutMs)).catch(() => undefined);
  return new RedisStore(link, options.timeoutMs);
}

/** Documents that one commit may span: the server does nothing else while it runs the script. */
const mostKeysPerCommit = 100;

interface Job extends KeyedChange {
  readonly deadline: Deadline;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Jobs that one commit does for: each shares a key with another of them. */
interface Batch {
  readonly keys: Set<string>;
  readonly jobs: Job[];
}

class RedisStore implements DocumentStore {
  readonly kind = 'redis';
  readonly #link: RedisLink;
  readonly #timeoutMs: number;
  readonly #queue = new KeyQueue();
  /** Those whose turn has not come yet. */
  readonly #waiting = new Set<Batch>();
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
    const settled = new Promise<unknown>((resolve, reject) => {
      const job: Job = { keys, change, deadline, resolve, reject };
      const joined = this.#batchFor(keys);
      if (joined !== undefined) {
        joined.jobs.push(job);
        for (const key of keys) joined.keys.add(key);
        return;
      }
      const batch: Batch = { keys: new Set(keys), jobs: [job] };
      this.#waiting.add(batch);
      // The keys of those who join later are not waited for: what this process does to them meanwhile is a conflict.
      void this.#queue.run(keys, async () => {
        this.#waiting.delete(batch);
        await this.#commit([...batch.keys], batch.jobs).catch((error: unknown) =>
          batch.jobs.forEach((each) => each.reject(error)),
        );
      });
    });
    // Waiting for the turn counts too. The job’s own change made the result, so the type holds.
    return deadline.bound(settled) as Promise<Result>;
  }

  status(): StoreStatus {
    return { up: this.#link.isReady, conflictCount: this.#conflictCount };
  }

  close(): Promise<void> {
    this.#link.close();
    return Promise.resolve();
  }

  /**
   * The waiting batch that touches one of these documents. A document that everybody writes, such as a stock beside
   * carts, would otherwise take a commit for each of them, one after another.
   */
  #batchFor(keys: readonly string[]): Batch | undefined {
    for (const batch of this.#waiting) {
      const isFull = batch.keys.size + keys.length > mostKeysPerCommit;
      if (!isFull && keys.some((key) => batch.keys.has(key))) return batch;
    }
    return undefined;
  }

  /** Commits all that waited for this turn in one step; again, with what has been written meanwhile, until it fits. */
  async #commit(keys: readonly string[], waiting: readonly Job[]): Promise<void> {
    const prefixed = keys.map((key) => keyPrefix + key);
    let texts: Texts | undefined;
    for (let attempt = 0; ; attempt += 1) {
      // Whoever has been told that it took too long gets no write that could still be left out.
      const jobs = waiting.filter(({ deadline }) => !deadline.isOver);
      const last = jobs.at(-1);
      if (last === undefined) return;
      texts ??= await this.#link.ask(last.deadline, (client) => client.mGet(prefixed));
      const read: Texts = texts;
      const { writes, outcomes } = changeBatch(keys, read.map(documentOf), jobs);
      const args = writes.flatMap((write, index) => commitArguments(read[index] ?? null, write));
      const reply = writes.every((write) => write === undefined)
        ? 'committed'
        : await this.#link.ask(last.deadline, (client) => commit(client, prefixed, args));
      if (reply === 'committed') {
        for (const [index, outcome] of outcomes.entries()) settle(jobs[index], outcome);
        return;
      }
      texts = textsSchema.parse(reply);
      this.#conflictCount += 1;
      await delay(Math.random() * Math.min(longestPauseMs, 2 ** attempt));
    }
  }

  #ask<Reply>(command: (client: RedisClient) => Promise<Reply>): Promise<Reply> {
    return this.#link.ask(new Deadline(this.#timeoutMs), command);
  }
}

function settle(job: Job | undefined, outcome: Outcome): void {
  if ('error' in outcome) job?.reject(outcome.error);
  else job?.resolve(outcome.result);
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
  const value = parsed(text);
  if (typeof value === 'object' && value !== null) return value;
  throw new StoreUnavailable('Redis holds something else under the key of a document');
}

/** @returns undefined for what is not JSON */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
