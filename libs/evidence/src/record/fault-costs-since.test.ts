import { describe, expect, test } from '@jest/globals';
import { type FaultCost, faultCostSchema } from './fault-cost.ts';
import { faultCostsSince } from './fault-costs-since.ts';

const cost = (rest: Partial<FaultCost>): FaultCost => ({
  fault: 'task-exit',
  onPurpose: true,
  targets: 1,
  lost: {},
  ...rest,
});

describe('what faults have cost since an earlier look', () => {
  test('is the difference, by fault and by whether it was on purpose', () => {
    const earlier = [
      cost({ targets: 2, lost: { 'http-502': 3, timeout: 1 } }),
      cost({ onPurpose: false, targets: 4, lost: { 'http-502': 40 } }),
    ];
    const later = [
      cost({ targets: 3, lost: { 'http-502': 5, timeout: 1, 'http-504': 2 } }),
      cost({ onPurpose: false, targets: 5, lost: { 'http-502': 41 } }),
      cost({ fault: 'zone-loss', targets: 2, lost: { 'http-504': 7 } }),
    ];
    expect(faultCostsSince(earlier, later)).toEqual([
      cost({ targets: 1, lost: { 'http-502': 2, 'http-504': 2 } }),
      cost({ onPurpose: false, targets: 1, lost: { 'http-502': 1 } }),
      cost({ fault: 'zone-loss', targets: 2, lost: { 'http-504': 7 } }),
    ]);
  });

  test('leaves out what has cost nothing in between, and keeps a death without a loss and a loss without a death', () => {
    const earlier = [
      cost({ lost: { timeout: 1 } }),
      cost({ fault: 'zone-loss' }),
      cost({ fault: 'instance-loss' }),
    ];
    const later = [
      cost({ lost: { timeout: 1 } }),
      cost({ fault: 'zone-loss', targets: 2 }),
      cost({ fault: 'instance-loss', lost: { websocket: 1 } }),
    ];
    expect(faultCostsSince(earlier, later)).toEqual([
      cost({ fault: 'zone-loss', targets: 1 }),
      cost({ fault: 'instance-loss', targets: 0, lost: { websocket: 1 } }),
    ]);
  });
});

describe('the schema of a cost', () => {
  test.each(['task-exit', 'application-exit', 'instance-loss', 'zone-loss'] as const)('knows %s', (fault) => {
    const known = cost({ fault, targets: 0, lost: { connection: 0 } });
    expect(faultCostSchema.parse(known)).toEqual(known);
  });

  test.each([
    ['a fault of no kind', { fault: '' }],
    ['fewer targets than none', { targets: -1 }],
    ['a part of a request', { lost: { timeout: 0.5 } }],
    ['no word on purpose', { onPurpose: undefined }],
  ])('refuses %s', (_, wrong) => {
    expect(faultCostSchema.safeParse({ ...cost({}), ...wrong }).success).toBe(false);
  });
});
