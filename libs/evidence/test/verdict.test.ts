import { describe, expect, test } from '@jest/globals';
import type { Expectations } from '../src/judge/expectations.ts';
import { judgeRun } from '../src/judge/judge-run.ts';
import { phase, runWithLoad, runWithScaling, unjudgedRun } from './unjudged-run.ts';

const expectations: Expectations = {
  peakTasks: { atLeast: 6, atMost: 6 },
  minTasks: 2,
  thresholds: {
    maxFailedRequests: 0,
    maxFailedPercent: null,
    p50Ms: 4,
    p95Ms: null,
    p99Ms: 31,
    minRateFraction: 0.95,
  },
};
const failed = (run: typeof unjudgedRun) =>
  judgeRun(run, expectations).checks.filter(({ passed }) => !passed);
const failedNames = (run: typeof unjudgedRun) => failed(run).map(({ name }) => name);

describe('the words of a verdict', () => {
  const words = (run: typeof unjudgedRun, expected: Expectations = expectations) =>
    Object.fromEntries(
      judgeRun(run, expected).checks.map(({ name, observed, expected: wanted }) => [
        name,
        [observed, wanted],
      ]),
    );
  const reasons = (run: typeof unjudgedRun, expected: Expectations = expectations) =>
    Object.fromEntries((judgeRun(run, expected).notJudged ?? []).map(({ name, reason }) => [name, reason]));

  test('of a run that did all it was expected to', () => {
    expect(words(unjudgedRun)).toEqual({
      'run-completed': ['completed', 'completed'],
      'requests-sent': ['11,250 requests', 'at least 1 request'],
      'scaled-out': ['6 tasks running at the peak', '6 tasks running at the peak'],
      'scaled-in': ['2 running, 2 desired at the end', '2 running, 2 desired at the end'],
      'healthy-at-end': ['2 healthy of 2 desired', '2 healthy of 2 desired'],
      'failed-requests': ['0 of 11,250 requests failed', 'at most 0 failed'],
      'latency-p50': [
        'after scale-out 1 ms; before scale-out 1 ms; during scale-out 1 ms',
        'p50 at most 4 ms after scale-out',
      ],
      'latency-p99': [
        'after scale-out 8 ms; before scale-out 8 ms; during scale-out 8 ms',
        'p99 at most 31 ms after scale-out',
      ],
      'rate-sent': ['375 requests/s', 'at least 356 requests/s (95 % of the 375 requests/s asked for)'],
      'generator-kept-up': [
        'the load generator kept up',
        'the load generator keeps up with the rate asked for',
      ],
    });
  });

  test('of a run that was not seen, and whose generator was the limit', () => {
    const unseen = runWithScaling({ timeline: [] });
    const { 'scaled-out': out, 'scaled-in': back, 'healthy-at-end': healthy } = words(unseen);
    expect([out, back, healthy]).toEqual([
      ['the service was never observed', '6 tasks running at the peak'],
      ['the service was never observed', '2 running, 2 desired at the end'],
      ['the service was never observed', 'healthy = desired'],
    ]);
    expect(words(runWithLoad({ generatorLimited: true }))['generator-kept-up']?.[0]).toBe(
      'the load generator was the limit',
    );
  });

  test('of what is not judged', () => {
    const thresholds = { ...expectations.thresholds, p50Ms: null, p95Ms: null, p99Ms: null };
    const closed = runWithLoad({ askedRequestsPerSecond: null });
    expect(reasons(closed, { ...expectations, peakTasks: null, minTasks: null, thresholds })).toEqual({
      'scaled-out': 'no peak count was expected',
      'scaled-in': 'the run did not wait for scale-in',
      'latency-p50': 'the profile sets no p50 budget',
      'latency-p99': 'the profile sets no p99 budget',
      'rate-sent': 'a closed loop asks for no rate',
      'generator-kept-up': 'a closed loop asks for no rate',
    });
    expect(reasons({ ...unjudgedRun, observedBy: 'none' })).toEqual(
      Object.fromEntries(
        ['scaled-out', 'scaled-in', 'healthy-at-end'].map((name) => [name, 'nobody observed the service']),
      ),
    );
  });
});

test('one check that fails fails the run', () => {
  expect(judgeRun({ ...unjudgedRun, status: 'interrupted' }, expectations).passed).toBe(false);
});

test('a sale is judged where the record holds one', () => {
  const sale = { total: 300, soldBefore: 0, sold: 301, inCarts: 301 };
  expect(failedNames({ ...unjudgedRun, sale })).toEqual(['stock-kept']);
});

test('a rate of exactly the least passes, and so does a latency of exactly the budget', () => {
  const exact = runWithLoad({
    requestsPerSecond: 375 * 0.95,
    phases: [phase('after-scale-out', { latencyMs: { p50: 4, p90: 20, p99: 31, p999: 600, max: 700 } })],
  });
  expect(failedNames(exact)).toEqual([]);
});

test('a steady load within its budgets passes by the latency of the whole', () => {
  const steady = runWithLoad({ phases: [phase('steady')] });
  const check = judgeRun(steady, expectations).checks.find(({ name }) => name === 'latency-p99');
  expect(check).toEqual({
    name: 'latency-p99',
    passed: true,
    observed: 'over the whole load 8 ms',
    expected: 'p99 at most 31 ms over the whole load',
  });
});

test('time that was compressed until the load began is no obstacle to judging its latency', () => {
  const run = runWithLoad({ fromCloudSeconds: 100 });
  const speed = [
    { fromCloudSeconds: 0, speed: 20 },
    { fromCloudSeconds: 100, speed: 1 },
  ];
  expect(judgeRun({ ...run, speed }, expectations).notJudged).toEqual([]);
});

test.each([3, 4, 5])('a peak of %d lies in an expected range from 3 to 5', (peakRunning) => {
  const expected = { ...expectations, peakTasks: { atLeast: 3, atMost: 5 } };
  const check = judgeRun(runWithScaling({ peakRunning }), expected).checks.find(
    ({ name }) => name === 'scaled-out',
  );
  expect(check).toMatchObject({ passed: true, expected: '3 to 5 tasks running at the peak' });
});

test('tasks that still run at the end fail the scale-in, although fewer are desired', () => {
  expect(failed(runWithScaling({ finalRunning: 3 }))).toEqual([
    {
      name: 'scaled-in',
      passed: false,
      observed: '3 running, 2 desired at the end',
      expected: '2 running, 2 desired at the end',
    },
  ]);
});

describe('instances at the end', () => {
  const check = (
    ends: readonly (readonly [active: number, desired: number])[],
    restInstances: Expectations['restInstances'],
  ) => {
    const timeline = ends.map(([active, desired], index) => ({ cloudSeconds: index * 100, desired, active }));
    const provider = { name: 'provider', minInstances: 0, maxInstances: 9, activities: [], policies: [] };
    const run = runWithScaling({
      capacityProvider: { ...provider, timeline, peakActive: 3, finalActive: 1 },
    });
    return judgeRun(run, { ...expectations, ...(restInstances && { restInstances }) });
  };
  const found = (...args: Parameters<typeof check>) =>
    check(...args).checks.find(({ name }) => name === 'instances-scaled-in');

  test('may be any count of a range, and are those of the last moment', () => {
    const range = { atLeast: 2, atMost: 3 };
    expect(
      found(
        [
          [9, 9],
          [9, 9],
          [2, 3],
        ],
        range,
      ),
    ).toEqual({
      name: 'instances-scaled-in',
      passed: true,
      observed: '2 instances active, 3 desired at the end',
      expected: '2 to 3 instances active, 2 to 3 desired at the end',
    });
    for (const last of [
      [1, 2],
      [2, 1],
      [4, 3],
      [3, 4],
    ] as const)
      expect(found([[2, 2], [2, 2], last], range)?.passed).toBe(false);
  });

  test('that were never seen fail, even where none may be left', () => {
    expect(found([], { atLeast: 0, atMost: 1 })).toMatchObject({
      passed: false,
      observed: 'the service was never observed',
      expected: '0 to 1 instance active, 0 to 1 desired at the end',
    });
  });

  test('are not judged when the run did not wait for them, and the verdict says so', () => {
    expect(check([[1, 1]], null).notJudged).toEqual([
      { name: 'instances-scaled-in', reason: 'the run did not wait for scale-in' },
    ]);
  });
});
