import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ResponseTimeHistogram } from './response-time-histogram.ts';

const of = (values: readonly number[]): ResponseTimeHistogram => {
  const histogram = new ResponseTimeHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
};
const milliseconds = fc.double({ min: 0, max: 4_000_000, noNaN: true });

describe('ResponseTimeHistogram', () => {
  test('a quantile is never below the true value and at most 1/32 and a microsecond above it', () => {
    fc.assert(
      fc.property(
        fc.array(milliseconds, { minLength: 1, maxLength: 100 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, quantile) => {
          const sorted = values.map((value) => Math.round(value * 1000)).sort((a, b) => a - b);
          const exact = sorted[Math.max(1, Math.ceil(quantile * values.length)) - 1]! / 1e6;
          const estimate = of(values).quantileSeconds(quantile);
          expect(estimate).toBeGreaterThanOrEqual(exact);
          expect(estimate).toBeLessThanOrEqual(exact * (1 + 1 / 32) + 1e-6);
        },
      ),
    );
  });

  test('what was recorded since a copy equals what a fresh histogram records', () => {
    fc.assert(
      fc.property(fc.array(milliseconds), fc.array(milliseconds), (before, after) => {
        const histogram = of(before);
        const earlier = histogram.since();
        for (const value of after) histogram.record(value);
        const difference = histogram.since(earlier);
        const fresh = of(after);
        expect(difference.count).toBe(fresh.count);
        expect(difference.sumSeconds).toBeCloseTo(fresh.sumSeconds);
        for (const quantile of [0, 0.5, 0.99, 1])
          expect(difference.quantileSeconds(quantile)).toBe(fresh.quantileSeconds(quantile));
      }),
    );
  });

  test('an empty one is all zeros', () => {
    const empty = new ResponseTimeHistogram();
    expect([empty.count, empty.sumSeconds, empty.meanSeconds, empty.quantileSeconds(0.5)]).toEqual([
      0, 0, 0, 0,
    ]);
  });
});
