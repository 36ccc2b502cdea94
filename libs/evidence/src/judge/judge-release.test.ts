import { describe, expect, test } from '@jest/globals';
import { judgeRelease } from './judge-release.ts';
import type { UnjudgedRelease } from '../record/release-record.ts';

const interval = (percent: number, [old, fresh]: readonly [number, number], failed = 0) => ({
  fromCloudSeconds: 0,
  toCloudSeconds: 60,
  percent,
  traffic: { '1': { requests: old, failed: 0 }, '2': { requests: fresh, failed } },
});

const release = (over: Partial<UnjudgedRelease> = {}): UnjudgedRelease => ({
  releaseRecordVersion: 1,
  preset: 'blue-green',
  startedAt: '2026-01-01T00:00:00.000Z',
  speed: 60,
  shift: 'canary',
  fault: 'none',
  deployment: {
    id: 'd-1',
    status: 'Succeeded',
    fromVersion: '1',
    toVersion: '2',
    startedAtCloudSeconds: 0,
    endedAtCloudSeconds: 600,
    events: [],
    error: null,
  },
  intervals: [interval(0, [500, 0]), interval(10, [905, 95]), interval(100, [0, 500])],
  clients: { requestsPerSecond: 100, requests: 2000, failed: 0, byOutcome: { '200': 2000 } },
  ...over,
});
const failing = (over: Partial<UnjudgedRelease>): readonly string[] =>
  judgeRelease(release(over)).checks.flatMap(({ name, passed }) => (passed ? [] : [name]));
const notJudged = (over: Partial<UnjudgedRelease>): readonly string[] =>
  (judgeRelease(release(over)).notJudged ?? []).map(({ name, reason }) => `${name}: ${reason}`);
const alarmed = {
  ...release().deployment,
  status: 'Failed' as const,
  error: { code: 'ALARM_ACTIVE', message: '' },
};

describe('a release', () => {
  test('passes when it succeeds, loses nothing and shares the traffic out as weighted', () => {
    expect(judgeRelease(release()).passed).toBe(true);
  });

  test('fails for one lost request', () => {
    expect(failing({ clients: { ...release().clients, failed: 1 } })).toEqual(['failed-requests']);
  });

  test('fails without any request of a client', () => {
    const nobody = { ...release().clients, requests: 0, byOutcome: {} };
    const intervals = [interval(0, [0, 0]), interval(10, [0, 0]), interval(100, [0, 0])];
    expect(failing({ clients: nobody, intervals })).toEqual(['failed-requests']);
    expect(notJudged({ clients: nobody, intervals })).toEqual([
      'share-at-0-percent: no requests',
      'share-at-10-percent: no requests',
      'share-at-100-percent: no requests',
    ]);
  });

  test('of a share that would pass without any request is not judged by it', () => {
    const intervals = [interval(10, [90, 10]), interval(90, [10, 90])];
    expect(failing({ intervals })).toEqual([]);
    expect(notJudged({ intervals })).toEqual([
      'share-at-10-percent: 10 of 100 requests to version 2: too few to judge, since by chance it could have got none of them',
      'share-at-90-percent: 90 of 100 requests to version 2: too few to judge, since by chance it could have got all of them',
    ]);
  });

  test('fails when a share that could not pass is too large all the same', () => {
    expect(failing({ intervals: [interval(10, [60, 40])] })).toEqual(['share-at-10-percent']);
  });

  test('fails for a share that chance does not explain', () => {
    expect(failing({ intervals: [interval(10, [800, 200])] })).toEqual(['share-at-10-percent']);
    expect(failing({ intervals: [interval(100, [1, 500])] })).toEqual(['share-at-100-percent']);
  });
});

describe('a release by ten percent at a time, at 100 requests a step', () => {
  const steps = [10, 20, 30, 40, 50, 60, 70, 80, 90];

  test('passes when each step gets its share', () => {
    const intervals = steps.map((percent) => interval(percent, [100 - percent, percent]));
    expect(failing({ intervals })).toEqual([]);
    const { checks } = judgeRelease(release({ intervals }));
    expect(checks.find(({ name }) => name === 'shares-together')).toEqual({
      name: 'shares-together',
      passed: true,
      observed: '450 of 900 requests to version 2',
      expected: '381 to 519 (false alarm at most 0.000001)',
    });
  });

  test('fails when the first three steps send it nothing', () => {
    const intervals = steps.map((percent) =>
      interval(percent, percent > 30 ? [100 - percent, percent] : [100, 0]),
    );
    expect(failing({ intervals })).toEqual(['share-at-20-percent', 'share-at-30-percent']);
  });

  test('fails when every step is short of its share by what chance would allow it once', () => {
    const intervals = steps.map((percent) => interval(percent, [110 - percent, percent - 10]));
    expect(failing({ intervals })).toEqual(['shares-together']);
  });
});

describe('a release that answers errors', () => {
  const bad = { fault: 'errors-10', deployment: alarmed } as const;
  const intervals = [interval(10, [905, 95], 9), interval(0, [500, 0])];
  const clients = { ...release().clients, failed: 9 };

  test('passes when it is taken back, and says what that cost', () => {
    const judged = judgeRelease(release({ ...bad, intervals, clients }));
    expect(judged.passed).toBe(true);
    expect(judged.checks.find(({ name }) => name === 'rollback-cost')?.observed).toBe(
      '9 of 2,000 requests failed: 9 of 95 of version 2, 0 of version 1',
    );
  });

  test('fails when nobody notices', () => {
    expect(failing({ fault: 'errors-10', intervals, clients })).toEqual(['deployment-ended']);
  });

  test('fails when the new version still serves at the end', () => {
    expect(failing({ ...bad, intervals: [interval(10, [905, 95], 9)], clients })).toEqual(['rolled-back']);
  });
});

describe('the checks of a release', () => {
  const check = (over: Partial<UnjudgedRelease>, name: string) =>
    judgeRelease(release(over)).checks.find((each) => each.name === name);
  const ended = (status: 'Succeeded' | 'Failed' | 'Stopped', code: string | null) => ({
    ...release().deployment,
    status,
    error: code === null ? null : { code, message: '' },
  });
  const clients = { ...release().clients, failed: 9 };

  test('one that fails fails the release', () => {
    expect(judgeRelease(release({ clients: { ...clients, failed: 1 } })).passed).toBe(false);
  });

  test('say how the deployment ended, with its error', () => {
    expect(check({}, 'deployment-ended')).toMatchObject({ observed: 'Succeeded', expected: 'Succeeded' });
    expect(check({ fault: 'slow', deployment: ended('Failed', 'TIMEOUT') }, 'deployment-ended')).toEqual({
      name: 'deployment-ended',
      passed: false,
      observed: 'Failed (TIMEOUT)',
      expected: 'Failed (ALARM_ACTIVE)',
    });
  });

  test.each([
    ['none', 'Succeeded', null, true],
    ['none', 'Stopped', null, false],
    ['none', 'Succeeded', 'ALARM_ACTIVE', false],
    ['never-healthy', 'Failed', 'TIMEOUT', true],
    ['never-healthy', 'Failed', null, false],
    ['errors-10', 'Failed', 'ALARM_ACTIVE', true],
    ['errors-10', 'Stopped', 'ALARM_ACTIVE', false],
    ['resets-10', 'Failed', 'ALARM_ACTIVE', true],
    ['resets-10', 'Failed', 'TIMEOUT', false],
    ['slow', 'Failed', 'ALARM_ACTIVE', true],
  ] as const)('a fault of %s that ended %s with %s passes: %s', (...[fault, status, code, passed]) => {
    expect(check({ fault, deployment: ended(status, code) }, 'deployment-ended')?.passed).toBe(passed);
  });

  test('say what clients lost', () => {
    expect(check({}, 'failed-requests')).toEqual({
      name: 'failed-requests',
      passed: true,
      observed: '0 of 2,000 requests failed',
      expected: 'requests, and none failed',
    });
  });

  test.each(['errors-10', 'resets-10'] as const)('hold a fault of %s against its cost', (fault) => {
    const intervals = [interval(10, [905, 95], 9), interval(0, [500, 0])];
    const cost = (over: Partial<UnjudgedRelease>) =>
      check({ fault, intervals, clients, ...over }, 'rollback-cost');
    expect(cost({})).toMatchObject({ passed: true, expected: 'none of version 1 failed' });
    expect(cost({ clients: { ...clients, failed: 0 } })?.passed).toBe(false);
    const [first] = intervals;
    const traffic = { ...first?.traffic, '1': { requests: 905, failed: 1 } };
    expect(cost({ intervals: [{ ...interval(10, [0, 0]), traffic }] })?.passed).toBe(false);
  });

  test('count nothing for a version that a stretch does not list', () => {
    const old = { '1': { requests: 500, failed: 0 } };
    const intervals = [interval(10, [905, 95], 9), { ...interval(0, [0, 0]), traffic: old }];
    const over = { fault: 'errors-10', deployment: alarmed, intervals, clients } as const;
    expect(judgeRelease(release(over)).passed).toBe(true);
    expect(check(over, 'rollback-cost')?.observed).toContain('9 of 95 of version 2');
    expect(check(over, 'rolled-back')?.observed).toBe('0 of the last 500 requests to version 2');
  });

  test('judge a share of none or all by few requests too', () => {
    const intervals = [interval(0, [3, 0]), interval(100, [0, 3])];
    expect(notJudged({ intervals })).toEqual([]);
    expect(check({ intervals }, 'share-at-0-percent')?.passed).toBe(true);
    expect(check({ intervals }, 'share-at-100-percent')).toMatchObject({
      passed: true,
      expected: '3 to 3 (false alarm at most 0.000001)',
    });
  });

  test('look at the last stretch after a rollback', () => {
    const [shifted, back] = [interval(10, [905, 95], 9), interval(0, [500, 0])];
    const over = { fault: 'slow', deployment: alarmed } as const;
    expect(check({ ...over, intervals: [shifted, back, shifted] }, 'rolled-back')).toEqual({
      name: 'rolled-back',
      passed: false,
      observed: '95 of the last 1,000 requests to version 2',
      expected: 'requests, and none to version 2',
    });
    expect(check({ ...over, intervals: [shifted, shifted, back] }, 'rolled-back')?.passed).toBe(true);
  });

  test('a release is not taken back for sure where nothing was asked for since', () => {
    const over = { fault: 'slow', deployment: alarmed } as const;
    expect(check({ ...over, intervals: [interval(0, [0, 0])] }, 'rolled-back')?.passed).toBe(false);
    expect(check({ ...over, intervals: [] }, 'rolled-back')).toMatchObject({
      passed: false,
      observed: '0 of the last 0 requests to version 2',
    });
  });
});
