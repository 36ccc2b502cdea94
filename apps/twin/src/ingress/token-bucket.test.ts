import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TokenBucket } from './token-bucket.ts';

const limits = { burstLimit: 5, rateLimitPerSecond: 10 };
const passed = (bucket: TokenBucket, times: readonly number[]): number =>
  times.filter((seconds) => bucket.take(seconds)).length;

describe('a token bucket', () => {
  test('lets a burst through at once, and then nothing', () => {
    const bucket = new TokenBucket({ ...limits, nowSeconds: 0 });
    expect(
      passed(
        bucket,
        Array.from({ length: 9 }, () => 0),
      ),
    ).toBe(5);
  });

  test('fills at its rate', () => {
    const bucket = new TokenBucket({ ...limits, nowSeconds: 0 });
    passed(bucket, [0, 0, 0, 0, 0]);
    expect(bucket.take(0.05)).toBe(false);
    expect(bucket.take(0.11)).toBe(true);
  });

  test('never lets more through than its burst and its rate over the time', () => {
    const times = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { maxLength: 400 });
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        (at, burst, rate) => {
          const bucket = new TokenBucket({ burstLimit: burst, rateLimitPerSecond: rate, nowSeconds: 0 });
          const sorted = at.toSorted((left, right) => left - right);
          expect(passed(bucket, sorted)).toBeLessThanOrEqual(burst + rate * (sorted.at(-1) ?? 0) + 1e-6);
        },
      ),
    );
  });
});
