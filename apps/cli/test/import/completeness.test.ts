import { describe, expect, test } from '@jest/globals';
import { UsageError } from '@tideline/process';
import fc from 'fast-check';
import type { Imported } from '../../src/import/list/import-draft.ts';
import { checkResolves } from '../../src/import/output/check-resolves.ts';
import { type Document, type Leaf, type Source, leavesOf, sources, withValue } from './sources.ts';

const isBelow = (path: string, above: string): boolean =>
  path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`);

/** Leaves of which an import says nothing, or both that they are carried over and that they are not. */
function unaccounted(documents: readonly Document[], { carried, left }: Imported): readonly string[] {
  const used = new Set(carried.map(({ from }) => from));
  return leavesOf(documents)
    .map(({ path }) => path)
    .filter((path) => used.has(path) === left.some((remark) => isBelow(path, remark.path)));
}

/** What an import comes to, without the account of what was used; or its refusal. */
function outcome({ convert }: Source, documents: readonly Document[]): string {
  try {
    const { description, left, changed, chosen } = convert(documents);
    return JSON.stringify([description, left, changed, chosen]);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

const another = (value: unknown): unknown =>
  typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `x${String(value)}`;

describe.each(sources)('$title', (source) => {
  const { documents, convert, unknown = [] } = source;
  const imported = convert(documents);

  test('every value of the source is carried over or in the list, and not both', () => {
    expect(leavesOf(documents).length).toBeGreaterThan(5);
    expect(unaccounted(documents, imported)).toEqual([]);
  });

  test('the list names nothing that is not in the source, and gives each field a reason of its own', () => {
    const paths = leavesOf(documents).map(({ path }) => path);
    const named = [...imported.left, ...imported.changed].map(({ path }) => path);
    expect(named.filter((path) => !paths.some((leaf) => isBelow(leaf, path)))).toEqual([]);
    const generic = imported.left.filter(({ reason }) => reason.startsWith('no field of a description'));
    expect(generic.map(({ path }) => path)).toEqual(unknown);
  });

  test('what counts as carried over decides something: with another value, the import is another', () => {
    const used = new Set(imported.carried.map(({ from }) => from));
    const before = outcome(source, documents);
    const idle = leavesOf(documents)
      .filter(({ path }) => used.has(path) && !imported.changed.some((one) => one.path === path))
      .filter((leaf) => outcome(source, withValue(documents, leaf, another(leaf.value))) === before);
    expect(idle.map(({ path }) => path)).toEqual([]);
  });

  test('the description resolves', async () => {
    const environment = await checkResolves(imported);
    expect(environment).toMatchObject({ preset: 'load-driven', local: { container: true } });
  });

  test('no list and no description shows what looks like a secret', () => {
    expect(JSON.stringify(imported)).not.toContain('hunter2');
  });
});

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    '',
    '0',
    -1,
    0,
    1e9,
    1.5,
    true,
    [],
    {},
    [null],
    ['a', 1],
    { a: { b: null } },
    '1-0',
    '${X}',
  ),
  fc.string({ unit: 'binary' }),
  fc.integer(),
);

/** Which source, and which of its values are something else. */
const damage = fc.nat(sources.length - 1).chain((at) => {
  const most = leavesOf(sources[at]!.documents).length - 1;
  return fc.record({
    at: fc.constant(at),
    changes: fc.array(fc.record({ leaf: fc.nat(most), value: junk }), { minLength: 1, maxLength: 3 }),
  });
});

test('whatever is in the place of a value, an import accounts for everything or refuses in the user’s words', () => {
  fc.assert(
    fc.property(damage, ({ at, changes }) => {
      const { documents: sound, convert } = sources[at]!;
      const leaves = leavesOf(sound);
      const documents = changes.reduce<readonly Document[]>((before, { leaf, value }) => {
        const place = leaves[leaf]!;
        return isReachable(before, place) ? withValue(before, place, value) : before;
      }, sound);
      let imported: Imported;
      try {
        imported = convert(documents);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        return /^TL-IMPORT-(SOURCE|CHOICE) .+[.;:] \S/s.test(error.message);
      }
      expect(unaccounted(documents, imported)).toEqual([]);
      return true;
    }),
    { numRuns: 300 },
  );
});

/** Whether a change before has left the place of a leaf. */
function isReachable(documents: readonly Document[], { at, keys }: Leaf): boolean {
  let value: unknown = documents[at];
  for (const key of keys.slice(0, -1)) {
    if (typeof value !== 'object' || value === null) return false;
    value = (value as Record<string | number, unknown>)[key];
  }
  return typeof value === 'object' && value !== null;
}
