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
