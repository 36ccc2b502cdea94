import { expect, test } from '@jest/globals';
import { proportionalCapacity } from './target-tracking.ts';

test('a need of one and a half more tasks adds two', () => {
  expect(proportionalCapacity(3, 75, 50)).toBe(5);
});

test('a surplus of one and a half tasks removes one', () => {
  expect(proportionalCapacity(3, 25, 50)).toBe(2);
});

test('a metric at a whole multiple of the target adds no task for rounding', () => {
  expect(proportionalCapacity(3, 0.1 * 3, 0.3)).toBe(3);
  expect(proportionalCapacity(10, 70, 70)).toBe(10);
});

test('full CPU multiplies tasks by 100 / target at most', () => {
  expect(proportionalCapacity(4, 100, 60)).toBe(7);
});
