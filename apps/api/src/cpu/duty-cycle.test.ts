import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dutyCycle, idleMs } from './duty-cycle.ts';

describe('dutyCycle', () => {
  test.each([
    [75, 1, { threads: 1, fraction: 0.75 }],
    [100, 1, { threads: 1, fraction: 1 }],
    [75, 0.25, { threads: 1, fraction: 0.1875 }],
    [75, 2, { threads: 2, fraction: 0.75 }],
    [40, 2, { threads: 1, fraction: 0.8 }],
  ])('%s %% of %s vCPU', (percent, taskVcpus, cycle) => {
    expect(dutyCycle(percent, taskVcpus)).toEqual(cycle);
  });

  test('adds up to the share asked for, on threads that are never more than busy', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 128, max: 16_384 }),
        (percent, units) => {
          const { threads, fraction } = dutyCycle(percent, units / 1024);
          return (
            fraction > 0 &&
            fraction <= 1 &&
            Math.abs(threads * fraction - (percent / 100) * (units / 1024)) < 1e-9
          );
        },
      ),
    );
  });
});

describe('idleMs', () => {
  test('rests until the use is the fraction of the time', () => {
    expect(idleMs({ fraction: 0.5, usedMs: 50, elapsedMs: 50 })).toBe(50);
  });

  test('does not rest while behind', () => {
    expect(idleMs({ fraction: 0.5, usedMs: 50, elapsedMs: 300 })).toBe(0);
  });
});
