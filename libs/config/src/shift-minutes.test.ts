import { expect, test } from '@jest/globals';
import { shiftMinutes } from './shift-minutes.ts';

test.each([
  [{ kind: 'all-at-once' }, 0],
  [{ kind: 'canary', percent: 10, intervalMinutes: 5 }, 5],
  [{ kind: 'linear', percent: 10, intervalMinutes: 3 }, 27],
  // The last step is the 20 % that are left.
  [{ kind: 'linear', percent: 40, intervalMinutes: 1 }, 2],
] as const)('a shift of %j takes %i minutes', (shift, minutes) => {
  expect(shiftMinutes(shift)).toBe(minutes);
});
