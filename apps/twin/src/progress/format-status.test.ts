import { describe, expect, test } from '@jest/globals';
import { formatCloudTime, formatStatus, formatStatusLine } from './format-status.ts';
import type { Status } from './status.ts';

const quiet: Status = {
  cloudSeconds: 65.9,
  speed: 20,
  unit: 'task',
  capacityProvider: undefined,
  service: { desired: 2, pending: 0, running: 2, healthy: 2, unhealthy: 0, draining: 0 },
  policies: [
    {
      name: 'cpu',
      metricKey: 'AWS/ECS/CPUUtilization/Average',
      target: 50,
      alarms: [
        { name: 'high', comparison: '>', threshold: 50, state: 'OK' },
        { name: 'low', comparison: '<', threshold: 45, state: 'INSUFFICIENT_DATA' },
      ],
    },
  ],
  requestsPerSecond: 0,
  p99Ms: undefined,
  failedRequests: 0,
  lastActivity: undefined,
};

const busy: Status = {
  ...quiet,
  cloudSeconds: 3725,
  service: { desired: 6, pending: 3, running: 3, healthy: 2, unhealthy: 1, draining: 1 },
  policies: quiet.policies.map((policy) => ({
    ...policy,
    alarms: policy.alarms.map((alarm) => ({ ...alarm, state: 'ALARM' as const })),
  })),
  requestsPerSecond: 374.6,
  p99Ms: 3.456,
  failedRequests: 2,
  lastActivity: {
    cloudSeconds: 3700,
    from: 2,
    to: 6,
    policy: 'cpu',
    cause: 'an alarm',
    status: 'InProgress',
  },
};

describe('formatCloudTime', () => {
  test.each([
    [0, '00:00'],
    [59.99, '00:59'],
    [3599, '59:59'],
    [3600, '1:00:00'],
    [90_061, '25:01:01'],
  ])('%d s are %s', (seconds, text) => {
    expect(formatCloudTime(seconds)).toBe(text);
  });
});

describe('formatStatus', () => {
  test('shows a quiet service', () => {
    expect(formatStatus(quiet)).toEqual([
      'time    cloud 01:05, speed 20',
      'tasks   2 desired, 2 running, 2 healthy',
      'traffic 0 requests/s, 0 failed',
      'alarms  none',
      'last    no scaling activity yet',
    ]);
  });

  test('shows tasks by state, alarms that ring and the last activity', () => {
    expect(formatStatus(busy)).toEqual([
      'time    cloud 1:02:05, speed 20',
      'tasks   6 desired, 3 running, 2 healthy, 3 starting, 1 unhealthy, 1 draining',
      'traffic 375 requests/s, p99 3.5 ms, 2 failed',
      'alarms  cpu high, cpu low',
      'last    1:01:40 2 -> 6 by cpu (InProgress)',
    ]);
  });
});

describe('formatStatusLine', () => {
  test('fits into one line of a log', () => {
    expect(formatStatusLine(busy)).toBe(
      'cloud 1:02:05 | 6 desired, 3 running, 2 healthy, 3 starting, 1 unhealthy, 1 draining | 375 requests/s, p99 3.5 ms, 2 failed | cpu high, cpu low',
    );
  });

  test('tells of the instances that tasks run on, and of tasks that wait for one', () => {
    const capacityProvider = {
      name: 'provider',
      capacity: { min: 1, max: 3 },
      instances: { desired: 3, registering: 1, active: 2, draining: 0 },
      waitingTasks: 1,
      policies: [],
      activities: [],
    };
    const hosts = '3 desired, 2 active, 1 booting, 1 task waits';
    expect(formatStatus({ ...quiet, capacityProvider })[2]).toBe(`instances ${hosts}`);
    expect(formatStatus({ ...quiet, capacityProvider })[1]).toBe('tasks     2 desired, 2 running, 2 healthy');
    expect(formatStatusLine({ ...quiet, capacityProvider })).toContain(` | instances ${hosts} | `);
  });
});
