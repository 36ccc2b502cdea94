import { describe, expect, test } from '@jest/globals';
import { type Situation, boundText, boundedScaleIn, boundedScaleOut, formatNumber } from './candidate.ts';

const situation = (over: Partial<Situation> = {}): Situation => ({
  unit: 'task',
  running: 4,
  desired: 4,
  min: 2,
  max: 10,
  creditBase: null,
  ...over,
});
/** What is wanted of a running count, and what becomes of it. */
const out = (over: Partial<Situation>, wanted: (base: number) => number) => {
  const found = situation(over);
  const bounded = boundedScaleOut(found, wanted);
  return [bounded.to, bounded.code, boundText(bounded, found)];
};
const inwards = (over: Partial<Situation>, wanted: (base: number) => number) => {
  const found = situation(over);
  const bounded = boundedScaleIn(found, wanted);
  return [bounded.to, bounded.code, boundText(bounded, found)];
};

describe('a scale-out within the bounds', () => {
  test('goes to what is wanted of the running count', () => {
    expect(out({}, (base) => base + 3)).toEqual([7, null, 'from 4 to 7 tasks']);
    expect(out({ unit: 'instance' }, (base) => base + 3)).toEqual([7, null, 'from 4 to 7 instances']);
    expect(out({ running: 5 }, (base) => base + 3)).toEqual([8, null, 'from 4 to 8 tasks']);
  });

  test('comes to the minimum first, and only from below it', () => {
    expect(out({ desired: 1 }, () => 9)).toEqual([2, null, '1 is lifted to the minimum of 2 first']);
    expect(out({ desired: 2 }, () => 9)).toEqual([9, null, 'from 2 to 9 tasks']);
  });

  test('ends at the maximum', () => {
    expect(out({}, () => 11)).toEqual([10, null, 'held to the maximum of 10']);
    expect(out({}, () => 10)).toEqual([10, null, 'from 4 to 10 tasks']);
    expect(out({ desired: 9 }, () => 10)).toEqual([10, null, 'from 9 to 10 tasks']);
  });

  test.each([10, 11])('does nothing from %d at a maximum of 10', (desired) => {
    expect(out({ desired }, () => 20)).toEqual([desired, 'AlreadyAtMaxCapacity', 'the maximum is 10']);
  });

  test.each([3, 4])('does nothing where %d are wanted of 4', (wanted) => {
    expect(out({}, () => wanted)).toEqual([4, 'AlreadyAtDesiredCapacity', '4 are desired already']);
  });

  test('is worked out from what is credited', () => {
    const doubled = (base: number) => 2 * base;
    expect(out({ creditBase: 2 }, doubled)).toEqual([
      4,
      null,
      'the 4 that the scale-out cooldown counts are enough',
    ]);
    expect(out({ creditBase: 2, unit: 'instance' }, doubled)).toEqual([
      4,
      null,
      'the 4 desired are enough, counting those that warm up',
    ]);
    expect(out({ creditBase: 3 }, doubled)).toEqual([6, null, 'from 4 to 6 tasks']);
    expect(out({ creditBase: 6 }, doubled)).toEqual([10, null, 'held to the maximum of 10']);
  });
});

describe('a scale-in within the bounds', () => {
  test('goes to what is wanted of the running count', () => {
    expect(inwards({ running: 5 }, (base) => base - 2)).toEqual([3, null, 'from 4 to 3 tasks']);
  });

  test('comes to the maximum first, and only from above it', () => {
    expect(inwards({ desired: 11 }, () => 3)).toEqual([10, null, '11 is brought to the maximum of 10 first']);
    expect(inwards({ desired: 10 }, () => 3)).toEqual([3, null, 'from 10 to 3 tasks']);
  });

  test('ends at the minimum', () => {
    expect(inwards({}, () => 1)).toEqual([2, null, 'held to the minimum of 2']);
    expect(inwards({}, () => 2)).toEqual([2, null, 'from 4 to 2 tasks']);
    expect(inwards({ desired: 3 }, () => 2)).toEqual([2, null, 'from 3 to 2 tasks']);
  });

  test.each([1, 2])('does nothing from %d at a minimum of 2', (desired) => {
    expect(inwards({ desired }, () => 0)).toEqual([desired, 'AlreadyAtMinCapacity', 'the minimum is 2']);
  });

  test.each([4, 5])('does nothing where %d are wanted of 4', (wanted) => {
    expect(inwards({}, () => wanted)).toEqual([4, 'AlreadyAtDesiredCapacity', '4 are desired already']);
  });
});

test.each([
  [0, '0'],
  [33.333333, '33.333'],
  [-33.333333, '-33.333'],
  [50, '50'],
  [99_999, '99999'],
  [99_999.4, '99999'],
  [100_000, '100000'],
  [100_000.4, '100000'],
  [123_456.7, '123457'],
  [-123_456.7, '-123457'],
])('%d is written %s', (value, expected) => {
  expect(formatNumber(value)).toBe(expected);
});
