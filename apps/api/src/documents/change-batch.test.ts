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
        const { writes, outcomes } = changeBatch(['key'], [undefined], numbers.map(append));
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
    const { writes, outcomes } = changeBatch(['key'], [undefined], [append(1), failing, append(2)]);
    expect(writes).toEqual([{ document: { numbers: [1, 2] }, lifeMs: 'forever' }]);
    expect(outcomes).toEqual([{ result: 0 }, { error }, { result: 1 }]);
  });

  test('writes a deletion that nothing follows, and nothing for a document that no change names', () => {
    const drop = () => ({ writes: { key: null }, result: 'dropped' });
    const { writes } = changeBatch(['key', 'other'], [undefined, {}], [append(1), drop]);
    expect(writes).toEqual([null, undefined]);
  });
});
