import { describe, expect, test } from '@jest/globals';
import { unjudgedRun } from '../../test/unjudged-run.ts';
import { observationSchema } from './observation.ts';
import { parseRunRecord } from './parse-run-record.ts';
import { releaseRecordSchema } from './release-record.ts';

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const activity = {
  cloudSeconds: 400,
  from: 2,
  to: 2,
  policy: 'requests',
  cause: 'an alarm',
  status: 'NotScaled',
  reasonCode: 'AlreadyAtMaxCapacity',
  statusMessage: 'the maximum is 2',
};
const policy = {
  name: 'requests',
  metricKey: 'AWS/ApplicationELB/RequestCountPerTarget/Sum',
  target: 50,
  alarms: [{ name: 'high', comparison: '>', threshold: 50, state: 'ALARM' }],
};
const series = {
  key: 'AWS/ECS/CPUUtilization/Average',
  unit: 'Percent',
  periodSeconds: 60,
  datapoints: [{ cloudSeconds: 60, value: 40, running: 2 }],
};
const stores = {
  sessions: { kind: 'redis', description: 'Redis 7', running: true },
  files: { kind: 's3', description: 'the bucket' },
};
const runtime = { kind: 'container', description: 'a container of podman', cpu: 'held to its share' };
const instances = { desired: 2, registering: 1, active: 1, draining: 0 };

const observation = {
  cloudSeconds: 500,
  speed: 20,
  capacity: { min: 1, max: 4 },
  unit: 'task',
  service: { desired: 2, pending: 0, running: 2, warming: 1, healthy: 2, unhealthy: 0, draining: 1 },
  deploymentInProgress: false,
  stores,
  runtime,
  capacityProvider: {
    name: 'provider',
    capacity: { min: 1, max: 3 },
    instances,
    waitingTasks: 2,
    policies: [policy],
    activities: [activity],
  },
  policies: [policy],
  activities: [activity],
  metrics: [series],
  events: [{ cloudSeconds: 3, message: 'has started 2 tasks' }],
};

describe('an observation', () => {
  const parsed = (over: object): unknown => observationSchema.parse(json({ ...observation, ...over }));

  test('comes back with all that it holds', () => {
    expect(parsed({})).toEqual(observation);
  });

  test.each(['Pending', 'InProgress', 'Successful', 'Overridden', 'Unfulfilled', 'Failed', 'NotScaled'])(
    'may hold an activity that is %s',
    (status) => {
      const activities = [{ ...activity, status }];
      expect(parsed({ activities })).toMatchObject({ activities });
    },
  );

  test.each([
    'AutoScalingAnticipatedFlapping',
    'TargetServicePutResourceAsUnscalable',
    'AlreadyAtMaxCapacity',
    'AlreadyAtMinCapacity',
    'AlreadyAtDesiredCapacity',
  ])('may hold an activity that scaled nothing because of %s', (reasonCode) => {
    const activities = [{ ...activity, reasonCode }];
    expect(parsed({ activities })).toMatchObject({ activities });
  });

  test.each([
    ['>', 'OK'],
    ['>=', 'ALARM'],
    ['<', 'INSUFFICIENT_DATA'],
    ['<=', 'OK'],
  ])('may hold an alarm that compares with %s and is in %s', (comparison, state) => {
    const policies = [{ ...policy, alarms: [{ ...policy.alarms[0], comparison, state }] }];
    expect(parsed({ policies })).toMatchObject({ policies });
  });

  test.each(['Count', 'Percent', 'Seconds', 'None'])('may hold a metric in %s', (unit) => {
    const metrics = [{ ...series, unit }];
    expect(parsed({ metrics })).toMatchObject({ metrics });
  });

  test.each([
    ['none', 'none'],
    ['redis', 'disk'],
    ['embedded', 's3'],
    ['elasticache', 's3'],
  ])('may hold the stores %s and %s', (sessions, files) => {
    const kinds = {
      sessions: { ...stores.sessions, kind: sessions },
      files: { ...stores.files, kind: files },
    };
    expect(parsed({ stores: kinds })).toMatchObject({ stores: kinds });
  });

  test.each(['backend', 'command', 'container'])('may hold tasks that a %s runs', (kind) => {
    expect(parsed({ runtime: { ...runtime, kind } })).toMatchObject({ runtime: { kind } });
  });

  test.each(['task', 'instance'])('may count in %ss', (unit) => {
    expect(parsed({ unit })).toMatchObject({ unit });
  });

  test('counts nothing below zero', () => {
    const service = { ...observation.service, running: -1 };
    expect(observationSchema.safeParse({ ...observation, service }).success).toBe(false);
  });
});

const counts = { total: 1, byKind: { timeout: 1 } };
const latencyMs = { p50: 1, p90: 2, p95: 5, p99: 8, p999: 20, max: 42 };
const provisioning = { accuracyPercent: 5, meanUnits: 0.1, timePercent: 10, unitSeconds: 60 };
const elasticity = {
  ...{ fromSeconds: 0, toSeconds: 600, unitRequestsPerSecond: 25, instabilityStepSeconds: 60 },
  underProvisioning: provisioning,
  overProvisioning: provisioning,
  ...{ instabilityPercent: 10, jitterPerHour: -6 },
  adaptationsPerHour: { supply: 6, demand: 12 },
  meanUnits: { supply: 2, demand: 2 },
  ...{ unitHours: 0.3, requests: 30_000, unitHoursAfterLoad: 0.1, unitHourUsd: 0.01 },
  aboveCapacity: { requests: 300, percent: 1, longestSeconds: 60 },
  capacitySource: 'measured',
};

/** A run record with every part that is optional. */
const record = {
  ...unjudgedRun,
  elasticity,
  scaling: {
    ...unjudgedRun.scaling,
    unit: 'task',
    activities: [activity],
    policies: [policy],
    metrics: [series],
    events: [{ cloudSeconds: 3, message: 'has started 2 tasks' }],
    capacityProvider: {
      name: 'provider',
      minInstances: 1,
      maxInstances: 3,
      timeline: [{ cloudSeconds: 100, desired: 3, active: 3 }],
      activities: [activity],
      policies: [policy],
      peakActive: 3,
      finalActive: 1,
    },
  },
  load: {
    ...unjudgedRun.load,
    failures: counts,
    endpoints: [
      {
        endpoint: 'GET /',
        classes: { '2xx': 5, '3xx': 1, '4xx': 1, '5xx': 1, other: 1, none: 1 },
        statuses: { '200': 5 },
        empty: 2,
      },
    ],
    latencyMs,
    series: [{ cloudSeconds: 0, requestsPerSecond: 375, failures: 0, p50Ms: 1, p99Ms: 8 }],
  },
  sale: { total: 300, soldBefore: 0, sold: 10, inCarts: 10, asked: 10 },
  kept: { sessions: 10, views: 12_000, lists: 4000, files: 4000, wrong: 1, firstWrong: 'session 4: view 17' },
  stores,
  runtime,
  models: {
    cpuMillisecondsPerRequest: { modelled: 20, measured: 24 },
    idleCpuPercent: { modelled: 1, measured: 2 },
    memoryPercent: { modelled: 30, measured: 31 },
    responseTimeMilliseconds: { modelled: 3, measured: 4 },
  },
  verdict: {
    passed: false,
    checks: [{ name: 'run-completed', passed: false, observed: 'interrupted', expected: 'completed' }],
    notJudged: [{ name: 'scaled-out', reason: 'nobody observed the service' }],
  },
  warnings: [{ code: 'TL-WARNING', message: 'a warning' }],
  assumptions: [{ code: 'TL-ASSUMPTION', message: 'an assumption' }],
};

describe('a run record', () => {
  test('comes back with all that it holds', () => {
    expect(parseRunRecord(json(record))).toEqual(record);
  });

  test.each([
    ['completed', 'twin'],
    ['interrupted', 'aws'],
    ['completed', 'none'],
  ])('may be %s and observed by %s', (status, observedBy) => {
    expect(parseRunRecord({ ...record, status, observedBy })).toMatchObject({ status, observedBy });
  });

  test.each(['measured', 'cloudwatch', 'given', 'target'])(
    'may have a capacity that is %s',
    (capacitySource) => {
      const figures = { ...elasticity, capacitySource };
      expect(parseRunRecord({ ...record, elasticity: figures }).elasticity).toEqual(figures);
    },
  );

  test('of before p95 and elasticity were measured is read', () => {
    const before = { ...latencyMs, p95: undefined };
    const earlier = { ...record, elasticity: undefined, load: { ...record.load, latencyMs: before } };
    expect(parseRunRecord(json(earlier)).load.latencyMs).not.toHaveProperty('p95');
  });

  test('may hold why a sale could not be read', () => {
    const sale = { unreadable: '/stock answered 503' };
    expect(parseRunRecord({ ...record, sale }).sale).toEqual(sale);
  });

  test('may hold why sessions could not be read', () => {
    const kept = { unreadable: '/session answered 503' };
    expect(parseRunRecord({ ...record, kept }).kept).toEqual(kept);
  });

  test('may hold a closed loop, which asks for no rate', () => {
    const load = { ...record.load, askedRequestsPerSecond: null };
    expect(parseRunRecord({ ...record, load }).load.askedRequestsPerSecond).toBeNull();
  });

  test.each([
    ['a rate below zero', { askedRequestsPerSecond: -1 }],
    ['a load that begins before the run', { fromCloudSeconds: -1 }],
  ])('is refused with %s', (_, over) => {
    expect(() => parseRunRecord({ ...record, load: { ...record.load, ...over } })).toThrow(
      'TL-RECORD-MALFORMED',
    );
  });
});

const release = {
  releaseRecordVersion: 1,
  preset: 'blue-green',
  startedAt: '2026-01-01T00:00:00.000Z',
  speed: 60,
  shift: 'canary',
  fault: 'errors-10',
  deployment: {
    id: 'd-1',
    status: 'Failed',
    fromVersion: '1',
    toVersion: '2',
    startedAtCloudSeconds: 0,
    endedAtCloudSeconds: 600,
    events: [{ name: 'AllowTraffic', status: 'Succeeded', cloudSeconds: 60 }],
    error: { code: 'ALARM_ACTIVE', message: 'an alarm went off' },
  },
  intervals: [
    {
      fromCloudSeconds: 0,
      toCloudSeconds: 60,
      percent: 10,
      traffic: { '1': { requests: 90, failed: 0 }, '2': { requests: 10, failed: 1 } },
    },
  ],
  clients: { requestsPerSecond: 100, requests: 100, failed: 1, byOutcome: { '200': 99, '500': 1 } },
  checks: record.verdict.checks,
  notJudged: record.verdict.notJudged,
  passed: false,
};

describe('a release record', () => {
  const parsed = (over: object): unknown => releaseRecordSchema.parse(json({ ...release, ...over }));

  test('comes back with all that it holds', () => {
    expect(parsed({})).toEqual(release);
  });

  test.each(['all-at-once', 'canary', 'linear'])('may shift %s', (shift) => {
    expect(parsed({ shift })).toMatchObject({ shift });
  });

  test.each(['none', 'never-healthy', 'errors-10', 'resets-10', 'slow'])('may have the fault %s', (fault) => {
    expect(parsed({ fault })).toMatchObject({ fault });
  });

  test.each(['Created', 'InProgress', 'Ready', 'Succeeded', 'Failed', 'Stopped'])(
    'may hold a deployment that is %s',
    (status) => {
      const deployment = { ...release.deployment, status };
      expect(parsed({ deployment })).toMatchObject({ deployment });
    },
  );

  test.each([0, 100])('may give the new version %d percent', (percent) => {
    const intervals = [{ ...release.intervals[0], percent }];
    expect(parsed({ intervals })).toMatchObject({ intervals });
  });

  test.each([-1, 101])('cannot give it %d percent', (percent) => {
    const intervals = [{ ...release.intervals[0], percent }];
    expect(releaseRecordSchema.safeParse({ ...release, intervals }).success).toBe(false);
  });
});
