import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { falseAlarmProbability, shareMargin } from './share-margin.ts';

test('a margin solves Bernstein’s inequality for one in a million', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (n, p) => {
        const t = shareMargin(n, p);
        const bound = 2 * Math.exp(-(t ** 2) / (2 * (n * p * (1 - p) + t / 3)));
        expect(bound).toBeCloseTo(falseAlarmProbability, 9);
      },
    ),
  );
});

test('1,000 requests at 10 percent may be 56 off', () => {
  expect(shareMargin(1000, 0.1)).toBeCloseTo(56.2, 1);
});

test('where all or none go to a version, none may be off', () => {
  expect(shareMargin(1000, 0)).toBe(0);
  expect(shareMargin(1000, 1)).toBe(0);
});
