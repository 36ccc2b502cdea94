import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { halfWidth, kneeInterval } from './knee-interval.ts';

describe('the interval of the knee', () => {
  test('of turns at one place is half a step of the grid to each side', () => {
    const interval = kneeInterval([100, 100, 100, 100], 0.04);
    expect(interval?.value).toBeCloseTo(100, 9);
    expect(interval?.low).toBeCloseTo(100 / Math.sqrt(1.04), 9);
    expect(interval?.high).toBeCloseTo(100 * Math.sqrt(1.04), 9);
  });

  test('of three pairs is their mean and t(2) times its standard error, by hand', () => {
    // Logarithms of the pairs: 0, 0.1, 0.2; mean 0.1, standard deviation 0.1, standard error 0.1 / sqrt(3).
    const turns = [0, 0, 0.1, 0.1, 0.2, 0.2].map(Math.exp);
    const half = (4.303 * 0.1) / Math.sqrt(3);
    const interval = kneeInterval(turns, 0);
    expect(interval?.value).toBeCloseTo(Math.exp(0.1), 9);
    expect(interval?.low).toBeCloseTo(Math.exp(0.1 - half), 9);
    expect(interval?.high).toBeCloseTo(Math.exp(0.1 + half), 9);
  });

  test('takes two pairs at least', () => {
    expect(kneeInterval([100, 100, 100], 0.04)).toBeNull();
  });

  test('scales with the rates, and its half width does not', () => {
    const turns = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 4, maxLength: 30 });
    fc.assert(
      fc.property(turns, fc.double({ min: 0.1, max: 10, noNaN: true }), (rates, factor) => {
        const [one, other] = [rates, rates.map((rate) => rate * factor)].map((all) =>
          kneeInterval(all, 0.04),
        );
        if (!one || !other) throw new Error('no interval');
        expect(other.value / one.value / factor).toBeCloseTo(1, 6);
        expect(halfWidth(other) / halfWidth(one)).toBeCloseTo(1, 6);
      }),
    );
  });
});
