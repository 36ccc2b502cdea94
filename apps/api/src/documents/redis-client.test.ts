import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { reconnectDelayMs } from './redis-client.ts';

describe('reconnectDelayMs', () => {
  test('doubles up to two seconds, and is half of that at least', () => {
    const longest = [0, 1, 2, 3, 4, 5, 6, 100].map((retries) => reconnectDelayMs(retries, () => 1));
    expect(longest).toEqual([50, 100, 200, 400, 800, 1600, 2000, 2000]);
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (retries, random) => {
        const most = reconnectDelayMs(retries, () => 1);
        const delay = reconnectDelayMs(retries, () => random);
        expect(delay >= most / 2 && delay <= most).toBe(true);
      }),
    );
  });
});
