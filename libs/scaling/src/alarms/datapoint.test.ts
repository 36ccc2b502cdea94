import { expect, test } from '@jest/globals';
import { sumDatapoints } from './datapoint.ts';

test('a sum has a datapoint only where every addend has one', () => {
  const blue = [
    { startSeconds: 0, value: 1 },
    { startSeconds: 60, value: 2 },
    { startSeconds: 120, value: 3 },
  ];
  const green = [
    { startSeconds: 0, value: 10 },
    { startSeconds: 120, value: 30 },
  ];
  expect(sumDatapoints([blue, green])).toEqual([
    { startSeconds: 0, value: 11 },
    { startSeconds: 120, value: 33 },
  ]);
  expect(sumDatapoints([])).toEqual([]);
});
