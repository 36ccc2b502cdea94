import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { median } from './median.ts';

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });

describe('median', () => {
  test('is the middle value', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  test('is the mean of the middle two', () => {
    expect(median([8, 1, 2, 4])).toBe(3);
  });

  test('does not follow one disturbed round', () => {
    expect(median([100, 101, 102, 103, 3])).toBe(101);
  });

  test('has no more than half of the values on either side', () => {
    fc.assert(
      fc.property(values, (some) => {
        const middle = median(some);
        expect(some.filter((value) => value < middle).length).toBeLessThanOrEqual(some.length / 2);
        expect(some.filter((value) => value > middle).length).toBeLessThanOrEqual(some.length / 2);
      }),
    );
  });

  test('refuses no values', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});
