import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { paretoFront } from './pareto.ts';

const same = (values: readonly number[]): readonly number[] => values;

test('keeps what no other beats, in the order of the first measure', () => {
  expect(
    paretoFront(
      [
        [3, 1],
        [1, 3],
        [2, 2],
        [2, 3],
        [3, 3],
      ],
      same,
    ),
  ).toEqual([
    [1, 3],
    [2, 2],
    [3, 1],
  ]);
});

test('keeps one of equal ones, and nothing of nothing', () => {
  expect(
    paretoFront(
      [
        [1, 1],
        [1, 1],
      ],
      same,
    ),
  ).toEqual([[1, 1]]);
  expect(paretoFront([], same)).toEqual([]);
});

const points = fc.array(fc.tuple(fc.integer({ max: 9 }), fc.integer({ max: 9 }), fc.integer({ max: 9 })));
const atMost = (one: readonly number[], other: readonly number[]): boolean =>
  one.every((value, index) => value <= (other[index] ?? 0));

test('every point is in the front, or at least as bad as one of it; of those no one beats another', () => {
  fc.assert(
    fc.property(points, (all) => {
      const front = paretoFront(all, same);
      expect(all.filter((point) => !front.some((kept) => atMost(kept, point)))).toEqual([]);
      const beaten = front.filter((point) => front.some((kept) => kept !== point && atMost(kept, point)));
      expect(beaten).toEqual([]);
    }),
  );
});
