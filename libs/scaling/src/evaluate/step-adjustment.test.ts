import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { adjustCapacity, findStep } from './step-adjustment.ts';

const percent = { adjustmentType: 'PercentChangeInCapacity', minAdjustmentMagnitude: 0 } as const;
const change = { adjustmentType: 'ChangeInCapacity', minAdjustmentMagnitude: 0 } as const;
const exact = { adjustmentType: 'ExactCapacity', minAdjustmentMagnitude: 0 } as const;

describe('a percent adjustment', () => {
  test('follows the documented chain from 10 over 11, 14 and 13 back to 10', () => {
    expect(adjustCapacity(10, 10, percent)).toBe(11);
    expect(adjustCapacity(11, 30, percent)).toBe(14);
    expect(adjustCapacity(14, -10, percent)).toBe(13);
    expect(adjustCapacity(13, -30, percent)).toBe(10);
  });

  test.each([
    [12.7, 12],
    [0.67, 1],
    [-0.58, -1],
    [-6.67, -6],
  ])('rounds a change of %d to %d', (wanted, rounded) => {
    expect(adjustCapacity(100, wanted, percent)).toBe(100 + rounded);
  });

  test('moves by at least the minimum magnitude, in its own direction', () => {
    const atLeastTwo = { ...percent, minAdjustmentMagnitude: 2 };
    expect(adjustCapacity(4, 25, atLeastTwo)).toBe(6);
    expect(adjustCapacity(4, -25, atLeastTwo)).toBe(2);
    expect(adjustCapacity(4, 0, atLeastTwo)).toBe(4);
  });

  test('of 200 adds twenty to ten', () => {
    expect(adjustCapacity(10, 200, percent)).toBe(30);
  });
});

test('a change adds, and an exact capacity replaces; neither goes below zero', () => {
  expect(adjustCapacity(10, 3, change)).toBe(13);
  expect(adjustCapacity(2, -5, change)).toBe(0);
  expect(adjustCapacity(10, 4, exact)).toBe(4);
});

describe('step bounds', () => {
  const high = { comparison: '>=', threshold: 50 } as const;
  const steps = [
    { lowerBound: null, upperBound: -20, adjustment: -30 },
    { lowerBound: -20, upperBound: -10, adjustment: -10 },
    { lowerBound: -10, upperBound: 10, adjustment: 0 },
    { lowerBound: 10, upperBound: 20, adjustment: 10 },
    { lowerBound: 20, upperBound: null, adjustment: 30 },
  ];

  test.each(['<', '<='] as const)(
    'at 60 of an alarm on %s 50 are those of a value above it',
    (comparison) => {
      expect(findStep(steps, { comparison, threshold: 50 }, 60)?.adjustment).toBe(10);
      expect(findStep(steps, { comparison, threshold: 50 }, 59.9)?.adjustment).toBe(0);
    },
  );

  test.each([
    [30, -30],
    [30.1, -10],
    [40, -10],
    [40.1, 0],
    [59.9, 0],
    [60, 10],
    [69.9, 10],
    [70, 30],
    [1000, 30],
  ])('a metric of %d matches the step of %d', (value, adjustment) => {
    expect(findStep(steps, high, value)?.adjustment).toBe(adjustment);
  });

  test('a value at the threshold lies on the side that the alarm watches', () => {
    const below = [{ lowerBound: null, upperBound: 0, adjustment: -1 }];
    const above = [{ lowerBound: 0, upperBound: null, adjustment: 1 }];
    expect(findStep(below, { comparison: '<=', threshold: 20 }, 20)?.adjustment).toBe(-1);
    expect(findStep(above, { comparison: '>=', threshold: 20 }, 20)?.adjustment).toBe(1);
    expect(findStep(above, { comparison: '>=', threshold: 20 }, 19.9)).toBeUndefined();
  });

  test('steps without gap partition the line: every value matches exactly one', () => {
    const bounds = fc.uniqueArray(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 8 });
    const comparison = fc.constantFrom('>', '>=', '<', '<=');
    fc.assert(
      fc.property(bounds, comparison, fc.integer({ min: -250, max: 250 }), (unsorted, operator, doubled) => {
        // Zero bounds the two sides apart, as each side includes another end.
        const inner = [...new Set([...unsorted, 0])].sort((left, right) => left - right);
        const edges = [null, ...inner, null];
        const partition = inner.concat(0).map((_, index) => ({
          lowerBound: edges[index] ?? null,
          upperBound: edges[index + 1] ?? null,
          adjustment: index,
        }));
        const rule = { comparison: operator, threshold: 10 };
        const value = 10 + doubled / 2;
        const matching = partition.filter((step) => findStep([step], rule, value) !== undefined);
        expect(matching).toHaveLength(1);
      }),
    );
  });
});

test.each([
  ['<', 20, true],
  ['<=', 20, true],
  ['>', 20, false],
  ['>=', 20, false],
] as const)('a value at the threshold of an alarm with %s lies below it: %s', (comparison, value, below) => {
  const [under, over] = [
    { lowerBound: null, upperBound: 0, adjustment: -1 },
    { lowerBound: 0, upperBound: null, adjustment: 1 },
  ];
  expect(findStep([under, over], { comparison, threshold: 20 }, value)).toBe(below ? under : over);
});
