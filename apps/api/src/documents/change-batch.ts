import { writesInOrder, type Change, type Document, type Write } from './document-store.ts';

/** A change of the documents of some keys of a batch, which it is given in the order of its own keys. */
export interface KeyedChange {
  readonly keys: readonly string[];
  readonly change: (documents: readonly (Document | undefined)[]) => Change<unknown>;
}

/** What became of one change of a batch: its answer, or what it threw. */
export type Outcome = { readonly result: unknown } | { readonly error: unknown };

/**
 * Runs changes one after another, as if each had been a transaction of its own: each is given what the ones before it
 * wrote, and one that throws writes nothing. One commit then does for all of them.
 *
 * @param keys of all the changes together
 * @param documents as they are in the store, in the order of the keys
 * @returns the writes in the order of the keys; undefined keeps a document
 */
export function changeBatch(
  keys: readonly string[],
  documents: readonly (Document | undefined)[],
  changes: readonly KeyedChange[],
): { readonly writes: readonly (Write | undefined)[]; readonly outcomes: readonly Outcome[] } {
  const current = new Map(keys.map((key, index) => [key, documents[index]]));
  const written = new Map<string, Write>();
  const outcomes = changes.map(({ keys: own, change }): Outcome => {
    try {
      const { writes, result } = change(own.map((key) => current.get(key)));
      for (const [index, write] of writesInOrder(own, writes).entries()) {
        const key = own[index];
        if (key === undefined || write === undefined) continue;
        written.set(key, write);
        current.set(key, asRead(write));
      }
      return { result };
    } catch (error) {
      return { error };
    }
  });
  return { writes: keys.map((key) => written.get(key)), outcomes };
}

/** What the store would give the next reader. */
const asRead = (write: Write): Document | undefined =>
  write === null ? undefined : (JSON.parse(JSON.stringify(write.document)) as Document);
