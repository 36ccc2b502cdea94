import { describe, expect, test } from '@jest/globals';
import { judgeRelease } from './judge-release.ts';
import type { UnjudgedRelease } from './release-record.ts';

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

  test('fails for a share that chance does not explain', () => {
    expect(failing({ intervals: [interval(10, [800, 200])] })).toEqual(['share-at-10-percent']);
    expect(failing({ intervals: [interval(100, [1, 500])] })).toEqual(['share-at-100-percent']);
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
