import { describe, expect, test } from '@jest/globals';
import { burn } from './burn.ts';

/** A clock that advances by the next of these steps at each look, then by the last one for ever. */
const clockOf = (...stepsMs: number[]) => {
  let nowMs = 0;
  let look = -1;
  return () => {
    if (look >= 0) nowMs += stepsMs[Math.min(look, stepsMs.length - 1)] ?? 0;
    look += 1;
    return nowMs;
  };
};

describe('burn', () => {
  test('ends once the looks add up to the time asked for', () => {
    expect(burn(1, clockOf(0.25))).toBe(1);
  });

  test('does not count the time in which the thread was not running', () => {
    const clock = clockOf(0.25, 40, 0.25);
    expect(burn(1, clock)).toBe(1);
    expect(clock()).toBe(41);
  });

  test('returns at once when asked for nothing', () => {
    expect(burn(0, clockOf(1))).toBe(0);
  });
});
