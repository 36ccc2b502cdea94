import { describe, expect, test } from '@jest/globals';
import { resolveEnvironment } from '@tideline/config';
import fc from 'fast-check';
import { simulate } from '../src/index.ts';

/** A policy of 600 requests a minute and task, on tasks that have plenty of CPU. */
const service = (over: { readonly outSeconds: number; readonly desired?: number }) =>
  resolveEnvironment({
    preset: 'needed-count',
    compute: { kind: 'fargate' },
    capacity: { min: 1, max: 100, desired: over.desired ?? 2 },
    scaling: {
      policies: [
        {
          type: 'target-tracking',
          name: 'requests',
          metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 600 },
          scaleOutCooldownSeconds: over.outSeconds,
          scaleInCooldownSeconds: 300,
        },
      ],
    },
  });

const minutes = (count: number, requestsPerSecond: number) =>
  Array.from({ length: count }, () => requestsPerSecond);

const moves = ({ decisions }: ReturnType<typeof simulate>) =>
  decisions
    .filter(({ outcome }) => outcome === 'scaled')
    .map(({ seconds, from, to }) => ({ seconds, from, to }));

describe('the count that target tracking needs', () => {
  test('lets a larger scale-out through while the cooldown of the one before runs', () => {
    const load = [...minutes(10, 18), ...minutes(4, 40), ...minutes(15, 120)];
    const run = simulate({ stepSeconds: 60, requestsPerSecond: load }, service({ outSeconds: 300 }));
    expect(moves(run)).toEqual([
      // Three minutes of 40 requests/s ask for 4, and the metric lag is 168 s.
      { seconds: 948, from: 2, to: 4 },
      // The first minute of 120 requests/s asks for 12, two minutes after the scale-out.
      { seconds: 1068, from: 4, to: 12 },
    ]);
  });

  test.each([0, 60, 300])('does not overshoot a constant load with a cooldown of %d s', (outSeconds) => {
    const load = [...minutes(10, 18), ...minutes(40, 120)];
    const run = simulate({ stepSeconds: 60, requestsPerSecond: load }, service({ outSeconds }));
    expect(moves(run).map(({ from, to }) => [from, to])).toEqual([[2, 12]]);
  });

  test('never exceeds what a constant load needs, whenever in a period it begins', () => {
    const rate = fc.integer({ min: 20, max: 900 });
    const start = fc.integer({ min: 0, max: 59 });
    fc.assert(
      fc.property(
        rate,
        start,
        fc.integer({ min: 0, max: 400 }),
        (perSecond, loadStartsAtSeconds, outSeconds) => {
          const trace = { stepSeconds: 60, requestsPerSecond: minutes(40, perSecond) };
          const run = simulate(trace, service({ outSeconds }), { loadStartsAtSeconds });
          expect(run.peakDesired).toBe(Math.max(2, Math.ceil(perSecond / 10)));
        },
      ),
      { numRuns: 60 },
    );
  });
});
