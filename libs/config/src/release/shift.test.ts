import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Shift } from '../environment.ts';
import { shiftMinutes, shiftSteps } from './shift.ts';

const percent = fc.integer({ min: 1, max: 99 });
const intervalMinutes = fc.integer({ min: 1, max: 60 });
const anyShift = fc.oneof(
  fc.record({ kind: fc.constant('all-at-once' as const) }),
  fc.record({ kind: fc.constant('canary' as const), percent, intervalMinutes }),
  fc.record({ kind: fc.constant('linear' as const), percent, intervalMinutes }),
) satisfies fc.Arbitrary<Shift>;

describe('a shift', () => {
  test('of 10 percent as a canary of 5 minutes has two steps', () => {
    expect(shiftSteps({ kind: 'canary', percent: 10, intervalMinutes: 5 })).toEqual([
      { afterSeconds: 0, percent: 10 },
      { afterSeconds: 300, percent: 100 },
    ]);
  });

  test('of 30 percent a minute ends with a smaller step', () => {
    expect(shiftSteps({ kind: 'linear', percent: 30, intervalMinutes: 1 })).toEqual([
      { afterSeconds: 0, percent: 30 },
      { afterSeconds: 60, percent: 60 },
      { afterSeconds: 120, percent: 90 },
      { afterSeconds: 180, percent: 100 },
    ]);
  });

  test('begins at once, only ever grows, and ends with all of the traffic', () => {
    fc.assert(
      fc.property(anyShift, (shift) => {
        const steps = shiftSteps(shift);
        expect(steps[0]?.afterSeconds).toBe(0);
        expect(steps.at(-1)?.percent).toBe(100);
        for (const [index, step] of steps.entries()) {
          const before = steps[index - 1];
          if (before === undefined) continue;
          expect(step.percent).toBeGreaterThan(before.percent);
          expect(step.afterSeconds).toBeGreaterThan(before.afterSeconds);
        }
      }),
    );
  });
});

test.each([
  [{ kind: 'all-at-once' }, 0],
  [{ kind: 'canary', percent: 10, intervalMinutes: 5 }, 5],
  [{ kind: 'linear', percent: 10, intervalMinutes: 3 }, 27],
  // The last step is the 20 % that are left.
  [{ kind: 'linear', percent: 40, intervalMinutes: 1 }, 2],
] as const)('a shift of %j takes %i minutes', (shift, minutes) => {
  expect(shiftMinutes(shift)).toBe(minutes);
});
