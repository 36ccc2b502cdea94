import { writesInOrder, type Change, type Document, type Write } from './document-store.ts';

type ChangeOf<Result> = (documents: readonly (Document | undefined)[]) => Change<Result>;

/** What became of one change of a batch: its answer, or what it threw. */
export type Outcome = { readonly result: unknown } | { readonly error: unknown };

/**
 * Runs changes of the same documents one after another, as if each had been a transaction of its own: each is given what
 * the one before it wrote, and one that throws writes nothing. One commit then does for all of them.
 *
 * @param documents as they are in the store, in the order of the keys
 */
export function changeBatch(
  keys: readonly string[],
  documents: readonly (Document | undefined)[],
  changes: readonly ChangeOf<unknown>[],
): { readonly writes: readonly (Write | undefined)[]; readonly outcomes: readonly Outcome[] } {
  let current = documents;
  let written: readonly (Write | undefined)[] = keys.map(() => undefined);
  const outcomes = changes.map((change): Outcome => {
    try {
      const { writes, result } = change(current);
      const ordered = writesInOrder(keys, writes);
      current = current.map((document, index) => asRead(document, ordered[index]));
      written = written.map((earlier, index) => (ordered[index] === undefined ? earlier : ordered[index]));
      return { result };
    } catch (error) {
      return { error };
    }
  });
  return { writes: written, outcomes };
}

/** What the store would give the next reader. */
function asRead(document: Document | undefined, write: Write | undefined): Document | undefined {
  if (write === undefined) return document;
  return write === null ? undefined : (JSON.parse(JSON.stringify(write.document)) as Document);
}
