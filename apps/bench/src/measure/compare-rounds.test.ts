import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { differenceOfMedians, ratioOfMedians, median } from './compare-rounds.ts';

const rate = fc.double({ min: 1, max: 1e6, noNaN: true });
const pairs = fc.array(fc.tuple(rate, rate), { minLength: 1, maxLength: 9 });

describe('ratioOfMedians', () => {
  test('divides the medians, and gives the lowest and highest ratio of single rounds', () => {
    expect(ratioOfMedians([80, 90, 10], [100, 90, 100])).toEqual({ value: 0.8, min: 0.1, max: 1 });
  });

  test('is 1 for equal contenders', () => {
    fc.assert(
      fc.property(fc.array(rate, { minLength: 1 }), (rounds) => {
        expect(ratioOfMedians(rounds, rounds)).toEqual({ value: 1, min: 1, max: 1 });
      }),
    );
  });

  test('is the inverse when the contenders change places', () => {
    fc.assert(
      fc.property(pairs, (rounds) => {
        const [own, peer] = [rounds.map(([a]) => a), rounds.map(([, b]) => b)];
        expect(ratioOfMedians(own, peer).value * ratioOfMedians(peer, own).value).toBeCloseTo(1, 9);
      }),
    );
  });

  test('refuses rounds that do not pair up', () => {
    expect(() => ratioOfMedians([1, 2], [1])).toThrow('rounds must be as many on both sides; got 2 and 1');
    expect(() => ratioOfMedians([], [])).toThrow(RangeError);
  });
});

describe('differenceOfMedians', () => {
  test('subtracts the medians, and gives the lowest and highest difference of single rounds', () => {
    expect(differenceOfMedians([3, 1, 2], [1, 1, 0.5])).toEqual({ value: 1, min: 0, max: 2 });
  });
});

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
