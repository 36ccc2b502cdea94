/** A JSON object. Whoever reads one checks its shape: an earlier release may have written it. */
export type Document = object;

/** What becomes of a document: the new one and how long it lives, or `null` to delete it. */
export type Write = { readonly document: Document; readonly lifeMs: Life } | null;

/** Milliseconds from now until the document is gone, or `forever`. */
export type Life = number | 'forever';

/** What a transaction does. Documents that `writes` does not name stay as they are, and keep their time to live. */
export interface Change<Result> {
  readonly writes: Readonly<Record<string, Write>>;
  readonly result: Result;
}

/** What is known of a store without asking it. */
export interface StoreStatus {
  /** Whether operations can be expected to succeed. */
  readonly up: boolean;
  /** Transactions that ran again because another process had changed a document in between. */
  readonly conflictCount: number;
}

/**
 * JSON documents that several processes share. Every operation ends within the store’s timeout, and rejects with
 * `StoreUnavailable` when it has no answer by then. A write that timed out may have happened.
 */
export interface DocumentStore {
  readonly kind: 'redis' | 'embedded';
  /** The document, or undefined where there is none, or its time is over. */
  read(key: string): Promise<Document | undefined>;
  /** Reads a document and lets it live this long from now. */
  touch(key: string, lifeMs: number): Promise<Document | undefined>;
  /**
   * Changes several documents in one atomic step: none of them was changed by anybody else between what `change` is
   * given and what it writes, and either all its writes happen or none. A shopping cart and the stock it draws from,
   * say. `change` gets the documents in the order of `keys`, may be called again with newer ones, and so must have no
   * effect of its own. What it throws is passed on, and nothing is written.
   */
  transact<Result>(
    keys: readonly string[],
    change: (documents: readonly (Document | undefined)[]) => Change<Result>,
  ): Promise<Result>;
  /** Deletes a document, if there is one. */
  delete(key: string): Promise<void>;
  status(): StoreStatus;
  /** Lets go of connections and files. Operations reject from here on. */
  close(): Promise<void>;
}

/** The store did not answer in time, or answered that it cannot. `cause` holds its own error. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The writes in the order of the keys; undefined keeps a document. @throws Error when a write names another key */
export function writesInOrder(
  keys: readonly string[],
  writes: Readonly<Record<string, Write>>,
): (Write | undefined)[] {
  const stray = Object.keys(writes).find((key) => !keys.includes(key));
  if (stray !== undefined) {
    throw new Error(`a transaction on ${keys.join(', ')} writes ${stray}; name every key when it starts`);
  }
  return keys.map((key) => (Object.hasOwn(writes, key) ? writes[key] : undefined));
}
