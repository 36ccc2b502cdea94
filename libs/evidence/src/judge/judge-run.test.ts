import { describe, expect, test } from '@jest/globals';
import { phase, runWithLoad, runWithScaling, unjudgedRun } from '../../test/unjudged-run.ts';
import type { Expectations } from './expectations.ts';
import { judgeRun } from './judge-run.ts';
import type { Check } from '../record/run-record.ts';

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
const slow = { p50: 90, p90: 200, p99: 450, p999: 600, max: 700 };
const none = { p50: 0, p90: 0, p99: 0, p999: 0, max: 0 };

const failed = (run: typeof unjudgedRun, expected: Expectations = expectations): readonly Check[] =>
  judgeRun(run, expected).checks.filter(({ passed }) => !passed);
const failedNames = (run: typeof unjudgedRun, expected?: Expectations): readonly string[] =>
  failed(run, expected).map(({ name }) => name);

describe('a run that did all it was expected to', () => {
  test('passes every check', () => {
    const verdict = judgeRun(unjudgedRun, expectations);
    expect(verdict.passed).toBe(true);
    expect(verdict.notJudged).toEqual([]);
    expect(verdict.checks.map(({ name }) => name)).toEqual([
      'run-completed',
      'requests-sent',
      'scaled-out',
      'scaled-in',
      'healthy-at-end',
      'failed-requests',
      'latency-p50',
      'latency-p99',
      'rate-sent',
      'generator-kept-up',
    ]);
  });

  test('tells latency before and during scale-out beside the judged phase', () => {
    const check = judgeRun(unjudgedRun, expectations).checks.find(({ name }) => name === 'latency-p99');
    expect(check).toEqual({
      name: 'latency-p99',
      passed: true,
      observed: 'after scale-out 8 ms; before scale-out 8 ms; during scale-out 8 ms',
      expected: 'p99 at most 31 ms after scale-out',
    });
  });
});

describe('a load in compressed time', () => {
  test('is not judged by its latency, and says so', () => {
    const compressed = { ...unjudgedRun, speed: [{ fromCloudSeconds: 0, speed: 20 }] };
    const verdict = judgeRun(compressed, expectations);
    expect(verdict.passed).toBe(true);
    expect(verdict.notJudged).toEqual(
      ['latency-p50', 'latency-p99'].map((name) => ({
        name,
        reason: 'latency budgets hold in real time, and the load ran at speed 20',
      })),
    );
  });

  test('counts as such when only a part of it was', () => {
    const speed = [
      { fromCloudSeconds: 0, speed: 1 },
      { fromCloudSeconds: 599, speed: 2 },
    ];
    expect(judgeRun({ ...unjudgedRun, speed }, expectations).notJudged).toHaveLength(2);
  });
});

describe('the load', () => {
  test('without a single request fails, whatever else holds', () => {
    const names = failedNames(
      runWithLoad({
        requests: 0,
        requestsPerSecond: 0,
        askedRequestsPerSecond: null,
        latencyMs: none,
        phases: [],
      }),
    );
    expect(names).toEqual(['requests-sent', 'latency-p50', 'latency-p99']);
  });

  test('with a failed request lists its kind', () => {
    const run = runWithLoad({ failures: { total: 3, byKind: { 'http-502': 2, timeout: 1, connection: 0 } } });
    expect(failed(run)).toEqual([
      {
        name: 'failed-requests',
        passed: false,
        observed: '3 of 11,250 requests failed (2 http-502, 1 timeout)',
        expected: 'at most 0 failed',
      },
    ]);
  });

  test('passes with as many failures as the profile allows', () => {
    const run = runWithLoad({ failures: { total: 3, byKind: { timeout: 3 } } });
    const thresholds = { ...expectations.thresholds, maxFailedRequests: 3 };
    expect(failed(run, { ...expectations, thresholds })).toEqual([]);
  });

  test('passes with the share of failures that the profile allows, the larger of both limits', () => {
    const run = (total: number) => runWithLoad({ failures: { total, byKind: { timeout: total } } });
    // 1 % of 11,250 requests.
    const thresholds = { ...expectations.thresholds, maxFailedPercent: 1 };
    expect(failed(run(112), { ...expectations, thresholds })).toEqual([]);
    expect(failed(run(113), { ...expectations, thresholds })).toMatchObject([
      { name: 'failed-requests', expected: 'at most 112 failed (1 % of all)' },
    ]);
    const both = { ...thresholds, maxFailedRequests: 113 };
    expect(failed(run(113), { ...expectations, thresholds: both })).toEqual([]);
  });

  test.each([
    [2, 0, 'at most 225 failed (2 % of all)'],
    [2, 224, 'at most 225 failed (2 % of all)'],
    [2, 225, 'at most 225 failed'],
    [2, 226, 'at most 226 failed'],
    [null, 3, 'at most 3 failed'],
  ])(
    'may fail by %p % or by %d requests, and the check says which counted',
    (percent, requests, expected) => {
      const limits = { maxFailedPercent: percent, maxFailedRequests: requests };
      const thresholds = { ...expectations.thresholds, ...limits };
      const { checks } = judgeRun(unjudgedRun, { ...expectations, thresholds });
      expect(checks.find(({ name }) => name === 'failed-requests')?.expected).toBe(expected);
    },
  );

  test('below the asked rate fails, and says so when the generator was the limit', () => {
    const run = runWithLoad({ requestsPerSecond: 300, generatorLimited: true });
    expect(failedNames(run)).toEqual(['rate-sent', 'generator-kept-up']);
  });

  test('of a closed loop is not judged by its rate', () => {
    const verdict = judgeRun(
      runWithLoad({ askedRequestsPerSecond: null, requestsPerSecond: 1 }),
      expectations,
    );
    expect(verdict.passed).toBe(true);
    expect(verdict.notJudged?.map(({ name }) => name)).toEqual(['rate-sent', 'generator-kept-up']);
  });
});

describe('latency', () => {
  test('may exceed its budget until the service has scaled out', () => {
    const run = runWithLoad({
      latencyMs: slow,
      phases: [
        phase('before-scale-out', { latencyMs: slow }),
        phase('during-scale-out', { latencyMs: slow }),
        phase('after-scale-out'),
      ],
    });
    expect(failed(run)).toEqual([]);
  });

  test('after scale-out is held to its budget', () => {
    expect(failedNames(runWithLoad({ phases: [phase('after-scale-out', { latencyMs: slow })] }))).toEqual([
      'latency-p50',
      'latency-p99',
    ]);
  });

  test('fails when the load ended before scale-out did', () => {
    const checks = failed(runWithLoad({ phases: [phase('before-scale-out'), phase('during-scale-out')] }));
    expect(checks.map(({ observed }) => observed)).toEqual([
      'after scale-out no request was answered; before scale-out 1 ms; during scale-out 1 ms',
      'after scale-out no request was answered; before scale-out 8 ms; during scale-out 8 ms',
    ]);
  });

  test('of the whole load is judged when there was no scale-out', () => {
    const steady = runWithLoad({ phases: [phase('steady')], latencyMs: slow });
    expect(failedNames(steady)).toEqual(['latency-p50', 'latency-p99']);
  });

  test('of requests that were never answered does not pass for fast', () => {
    expect(failedNames(runWithLoad({ phases: [phase('steady')], latencyMs: none }))).toEqual([
      'latency-p50',
      'latency-p99',
    ]);
  });

  test.each([
    [8, []],
    [3, ['latency-p95']],
  ])('has a 95th percentile that is held against a budget of %d ms', (p95Ms, failing) => {
    const latencyMs = { p50: 1, p90: 2, p95: 5, p99: 8, p999: 20, max: 42 };
    const run = runWithLoad({ phases: [phase('steady')], latencyMs });
    const thresholds = { ...expectations.thresholds, p95Ms };
    const { checks } = judgeRun(run, { ...expectations, thresholds });
    expect(checks.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual(failing);
    expect(checks.find(({ name }) => name === 'latency-p95')?.observed).toBe('over the whole load 5 ms');
  });

  test('of a record that does not say the 95th percentile fails a budget for it, and says why', () => {
    const thresholds = { ...expectations.thresholds, p95Ms: 8 };
    const run = runWithLoad({ phases: [phase('steady')] });
    expect(failed(run, { ...expectations, thresholds })).toMatchObject([
      { name: 'latency-p95', observed: 'over the whole load has no p95' },
    ]);
  });

  test('without a budget is not judged', () => {
    const thresholds = { ...expectations.thresholds, p50Ms: null, p95Ms: null, p99Ms: null };
    const { notJudged } = judgeRun(unjudgedRun, { ...expectations, thresholds });
    expect(notJudged?.map(({ name }) => name)).toEqual(['latency-p50', 'latency-p99']);
  });
});

describe('scaling', () => {
  test.each([5, 7])('that peaks at %d tasks when 6 are expected fails', (peakRunning) => {
    expect(failed(runWithScaling({ peakRunning }))).toEqual([
      {
        name: 'scaled-out',
        passed: false,
        observed: `${peakRunning} tasks running at the peak`,
        expected: '6 tasks running at the peak',
      },
    ]);
  });

  test('that stays out fails', () => {
    const timeline = [{ cloudSeconds: 900, desired: 4, running: 4, healthy: 4 }];
    expect(failedNames(runWithScaling({ timeline, finalRunning: 4 }))).toEqual(['scaled-in']);
  });

  test('that still wants more than the minimum at the end fails', () => {
    const timeline = [{ cloudSeconds: 900, desired: 3, running: 2, healthy: 2 }];
    expect(failedNames(runWithScaling({ timeline }))).toEqual(['scaled-in', 'healthy-at-end']);
  });

  test('that was never seen fails although an observer was there', () => {
    expect(failedNames(runWithScaling({ timeline: [] }))).toEqual([
      'scaled-out',
      'scaled-in',
      'healthy-at-end',
    ]);
  });

  test('that nobody observed is not judged', () => {
    const verdict = judgeRun({ ...unjudgedRun, observedBy: 'none' }, expectations);
    expect(verdict.checks.map(({ name }) => name)).not.toContain('scaled-out');
    expect(verdict.notJudged?.map(({ name }) => name)).toEqual(['scaled-out', 'scaled-in', 'healthy-at-end']);
  });

  test('without expectations is not judged', () => {
    const { notJudged } = judgeRun(unjudgedRun, { ...expectations, peakTasks: null, minTasks: null });
    expect(notJudged?.map(({ name }) => name)).toEqual(['scaled-out', 'scaled-in']);
  });
});

describe('instances that tasks ran on', () => {
  const expected: Expectations = { ...expectations, restInstances: { atLeast: 1, atMost: 1 } };
  const runEnding = (active: number, desired: number) =>
    runWithScaling({
      capacityProvider: {
        name: 'provider',
        minInstances: 1,
        maxInstances: 3,
        timeline: [
          { cloudSeconds: 100, desired: 3, active: 3 },
          { cloudSeconds: 900, desired, active },
        ],
        activities: [],
        policies: [],
        peakActive: 3,
        finalActive: active,
      },
    });

  test('that came back to their minimum pass', () => {
    expect(failedNames(runEnding(1, 1), expected)).toEqual([]);
    expect(judgeRun(runEnding(1, 1), expected).checks.map(({ name }) => name)).toContain(
      'instances-scaled-in',
    );
  });

  test('that stayed, or are still wanted, fail', () => {
    expect(failed(runEnding(2, 1), expected)).toEqual([
      {
        name: 'instances-scaled-in',
        passed: false,
        observed: '2 instances active, 1 desired at the end',
        expected: '1 instance active, 1 desired at the end',
      },
    ]);
    expect(failedNames(runEnding(1, 2), expected)).toEqual(['instances-scaled-in']);
  });

  test('are not judged when the run did not wait for them', () => {
    expect(judgeRun(runEnding(3, 3), expectations).notJudged?.map(({ name }) => name)).toEqual([
      'instances-scaled-in',
    ]);
  });

  test('are not judged when nobody observed them, and the run says so', () => {
    expect(judgeRun(unjudgedRun, expected).notJudged).toEqual([
      { name: 'instances-scaled-in', reason: 'nobody observed the instances' },
    ]);
  });

  test('are no question where there were none', () => {
    const { checks, notJudged = [] } = judgeRun(unjudgedRun, expectations);
    expect([...checks, ...notJudged].map(({ name }) => name)).not.toContain('instances-scaled-in');
  });
});

test('a run whose clients kept sessions is judged by them', () => {
  const kept = {
    sessions: 1,
    views: 2,
    lists: 0,
    files: 0,
    wrong: 1,
    firstWrong: 'view 1 where 2 comes next',
  };
  expect(failedNames({ ...unjudgedRun, kept })).toEqual(['sessions-kept']);
});

test('an interrupted run fails', () => {
  expect(failedNames({ ...unjudgedRun, status: 'interrupted' })).toEqual(['run-completed']);
});
