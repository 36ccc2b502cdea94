import { mkdir } from 'node:fs/promises';
import type { RootDatabase } from 'lmdb';
import { Deadline } from './deadline.ts';
import {
  StoreUnavailable,
  writesInOrder,
  type Change,
  type Document,
  type DocumentStore,
  type Life,
  type StoreStatus,
} from './document-store.ts';

export interface EmbeddedStoreOptions {
  /** Folder of the database; made when it is missing. */
  readonly folder: string;
  /** Longest an operation takes before it rejects. */
  readonly timeoutMs: number;
  /** Milliseconds since the epoch; the same clock for every process that shares the folder. */
  readonly now: () => number;
}

interface Entry {
  readonly document: Document;
  /** Null lives for ever. */
  readonly expiresAtMs: number | null;
}

const sweepIntervalMs = 60_000;
const entriesPerSweep = 1000;

/**
 * Opens a database that the processes of one machine share by its files. Writers take turns, one transaction at a time;
 * the turn of a process that dies is taken from it. A commit outlives every process at once, but is left to the
 * operating system to write to the disk: a power cut may lose the last ones.
 *
 * @throws Error when the folder cannot be used, or the package is not installed
 */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<DocumentStore> {
  const { open } = await import('lmdb');
  await mkdir(options.folder, { recursive: true });
  // In the folder, two files: the extension would make it one file beside a lock.
  const database = open<Entry, string>({ path: options.folder, encoding: 'json', noSync: true });
  return new EmbeddedStore(database, options);
}

class EmbeddedStore implements DocumentStore {
  readonly kind = 'embedded';
  readonly #database: RootDatabase<Entry, string>;
  readonly #options: EmbeddedStoreOptions;
  readonly #sweeper: NodeJS.Timeout;
  #sweptTo = '';
  #closed = false;

  constructor(database: RootDatabase<Entry, string>, options: EmbeddedStoreOptions) {
    this.#database = database;
    this.#options = options;
    // A sweep that fails leaves its entries to the next one; they count as gone meanwhile.
    this.#sweeper = setInterval(() => void this.#sweep().catch(() => undefined), sweepIntervalMs).unref();
  }

  read(key: string): Promise<Document | undefined> {
    return this.#bounded(() => {
      // Reads share a snapshot until the event loop turns; another process may have written since.
      this.#database.resetReadTxn();
      return Promise.resolve(this.#get(key));
    });
  }

  touch(key: string, lifeMs: number): Promise<Document | undefined> {
    return this.#locked(() => {
      const document = this.#get(key);
      if (document !== undefined) this.#put(key, document, lifeMs);
      return document;
    });
  }

  transact<Result>(
    keys: readonly string[],
    change: (documents: readonly (Document | undefined)[]) => Change<Result>,
  ): Promise<Result> {
    return this.#locked(() => {
      const { writes, result } = change(keys.map((key) => this.#get(key)));
      for (const [index, write] of writesInOrder(keys, writes).entries()) {
        const key = keys[index] ?? '';
        if (write === null) void this.#database.remove(key);
        else if (write !== undefined) this.#put(key, write.document, write.lifeMs);
      }
      return result;
    });
  }

  delete(key: string): Promise<void> {
    return this.#locked(() => void this.#database.remove(key));
  }

  status(): StoreStatus {
    return { up: !this.#closed, conflictCount: 0 };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#sweeper);
    // Another process that hangs inside its turn must not keep this one from ending.
    await new Deadline(this.#options.timeoutMs).bound(this.#database.close());
  }

  #get(key: string): Document | undefined {
    const entry = this.#database.get(key);
    return entry === undefined || this.#isOver(entry) ? undefined : entry.document;
  }

  #put(key: string, document: Document, lifeMs: Life): void {
    const expiresAtMs = lifeMs === 'forever' ? null : this.#options.now() + lifeMs;
    // Within a transaction, which the caller waits for.
    void this.#database.put(key, { document, expiresAtMs });
  }

  #isOver({ expiresAtMs }: Entry): boolean {
    return expiresAtMs !== null && expiresAtMs <= this.#options.now();
  }

  /** Runs in this process’s turn to write, unless that comes after the deadline: then nothing is written. */
  #locked<Result>(action: () => Result): Promise<Result> {
    return this.#bounded(async (deadline) => {
      // The database reports what an action throws on its own terms; this keeps the error as it was thrown.
      const outcome: { settled?: () => Result } = {};
      await this.#database.transaction(() => {
        if (deadline.isOver) return;
        try {
          const result = action();
          outcome.settled = () => result;
        } catch (error) {
          outcome.settled = () => {
            throw error;
          };
        }
      });
      deadline.check();
      if (outcome.settled === undefined) throw new StoreUnavailable('the transaction did not run');
      return outcome.settled();
    });
  }

  async #bounded<Result>(operate: (deadline: Deadline) => Promise<Result>): Promise<Result> {
    if (this.#closed) throw new StoreUnavailable('the store is closed');
    const deadline = new Deadline(this.#options.timeoutMs);
    return deadline.bound(operate(deadline));
  }

  /** Removes entries whose time is over, a part of the database at a time. */
  async #sweep(): Promise<void> {
    this.#database.resetReadTxn();
    const entries = [...this.#database.getRange({ start: this.#sweptTo, limit: entriesPerSweep })];
    this.#sweptTo = entries.length < entriesPerSweep ? '' : (entries.at(-1)?.key ?? '');
    const over = entries.filter(({ value }) => this.#isOver(value));
    if (over.length === 0) return;
    await this.#locked(() => {
      for (const { key } of over) if (this.#get(key) === undefined) void this.#database.remove(key);
    });
  }
}
