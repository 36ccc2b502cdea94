import {
  StoreUnavailable,
  writesInOrder,
  type Change,
  type Document,
  type DocumentStore,
} from '../src/documents/document-store.ts';

interface Entry {
  readonly text: string;
  readonly expiresAtMs: number;
}

/**
 * Documents in this process, on a clock that the test moves. `isDown` makes every operation fail, as a server that is away;
 * `losesAnswers` commits transactions and fails all the same, as a server whose answers do not come through.
 */
export class MemoryDocumentStore implements DocumentStore {
  readonly kind = 'embedded';
  isDown = false;
  losesAnswers = false;
  readonly #entries: Map<string, Entry>;
  readonly #clock: { nowMs: number };

  constructor(entries = new Map<string, Entry>(), clock = { nowMs: 0 }) {
    this.#entries = entries;
    this.#clock = clock;
  }

  /** Another handle on the same documents. */
  another(): MemoryDocumentStore {
    return new MemoryDocumentStore(this.#entries, this.#clock);
  }

  advance(ms: number): void {
    this.#clock.nowMs += ms;
  }

  async read(key: string): Promise<Document | undefined> {
    await this.#answer();
    return this.#get(key);
  }

  async touch(key: string, lifeMs: number): Promise<Document | undefined> {
    await this.#answer();
    const document = this.#get(key);
    if (document !== undefined) this.#put(key, document, lifeMs);
    return document;
  }

  async transact<Result>(
    keys: readonly string[],
    change: (documents: readonly (Document | undefined)[]) => Change<Result>,
  ): Promise<Result> {
    await this.#answer();
    const { writes, result } = change(keys.map((key) => this.#get(key)));
    for (const [index, write] of writesInOrder(keys, writes).entries()) {
      const key = keys[index]!;
      if (write === null) this.#entries.delete(key);
      else if (write !== undefined) {
        this.#put(key, write.document, write.lifeMs === 'forever' ? Number.POSITIVE_INFINITY : write.lifeMs);
      }
    }
    if (this.losesAnswers) throw new StoreUnavailable('no answer in time');
    return result;
  }

  async delete(key: string): Promise<void> {
    await this.#answer();
    this.#entries.delete(key);
  }

  status(): { up: boolean; conflictCount: number } {
    return { up: !this.isDown, conflictCount: 0 };
  }

  close(): Promise<void> {
    this.isDown = true;
    return Promise.resolve();
  }

  /** A turn of its own, as over a network. */
  async #answer(): Promise<void> {
    await Promise.resolve();
    if (this.isDown) throw new StoreUnavailable('the store is down');
  }

  #get(key: string): Document | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.expiresAtMs <= this.#clock.nowMs) return undefined;
    return JSON.parse(entry.text) as Document;
  }

  #put(key: string, document: Document, lifeMs: number): void {
    this.#entries.set(key, { text: JSON.stringify(document), expiresAtMs: this.#clock.nowMs + lifeMs });
  }
}
