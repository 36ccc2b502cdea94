import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changeBatch } from './change-batch.ts';
import type { Change, Document } from './document-store.ts';

type Numbers = readonly number[];
const numbersOf = (document: Document | undefined): Numbers =>
  (document as { numbers: Numbers } | undefined)?.numbers ?? [];
const append =
  (number: number) =>
  ([document]: readonly (Document | undefined)[]): Change<number> => ({
    writes: { key: { document: { numbers: [...numbersOf(document), number] }, lifeMs: 'forever' } },
    result: numbersOf(document).length,
  });

describe('changeBatch', () => {
  test('gives each change what the one before it wrote', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (numbers) => {
        const changes = numbers.map((number) => ({ keys: ['key'], change: append(number) }));
        const { writes, outcomes } = changeBatch(['key'], [undefined], changes);
        expect(writes).toEqual([{ document: { numbers }, lifeMs: 'forever' }]);
        expect(outcomes).toEqual(numbers.map((_, index) => ({ result: index })));
      }),
    );
  });

  test('leaves out a change that throws, and no other', () => {
    const error = new Error('not this one');
    const failing = (): never => {
      throw error;
    };
    const { writes, outcomes } = changeBatch(
      ['key'],
      [undefined],
      [append(1), failing, append(2)].map((change) => ({ keys: ['key'], change })),
    );
    expect(writes).toEqual([{ document: { numbers: [1, 2] }, lifeMs: 'forever' }]);
    expect(outcomes).toEqual([{ result: 0 }, { error }, { result: 1 }]);
  });

  test('writes a deletion that nothing follows, and nothing for a document that no change names', () => {
    const drop = () => ({ writes: { key: null }, result: 'dropped' });
    const changes = [append(1), drop].map((change) => ({ keys: ['key', 'other'], change }));
    const { writes } = changeBatch(['key', 'other'], [undefined, {}], changes);
    expect(writes).toEqual([null, undefined]);
  });

  test('gives each change the documents of its own keys, in its own order', () => {
    const move =
      (from: string, to: string) =>
      ([source, target]: readonly (Document | undefined)[]): Change<number> => ({
        writes: {
          [from]: { document: { numbers: numbersOf(source).slice(1) }, lifeMs: 'forever' },
          [to]: { document: { numbers: [...numbersOf(target), numbersOf(source)[0]] }, lifeMs: 'forever' },
        },
        result: numbersOf(source).length,
      });
    const { writes, outcomes } = changeBatch(
      ['one', 'stock', 'two'],
      [undefined, { numbers: [1, 2, 3] }, undefined],
      ['one', 'two', 'one'].map((cart) => ({ keys: ['stock', cart], change: move('stock', cart) })),
    );
    expect(writes.map((write) => write?.document)).toEqual([
      { numbers: [1, 3] },
      { numbers: [] },
      { numbers: [2] },
    ]);
    expect(outcomes).toEqual([{ result: 3 }, { result: 2 }, { result: 1 }]);
  });
});
