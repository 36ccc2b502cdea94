import { describe, expect, test } from '@jest/globals';
import { runWithLoad, unjudgedRun } from '../../test/unjudged-run.ts';
import { minuteRates, runElasticity, targetCapacity } from './run-elasticity.ts';

const series = (...points: readonly (readonly [number, number])[]) =>
  points.map(([cloudSeconds, requestsPerSecond]) => ({
    ...{ cloudSeconds, requestsPerSecond, failures: 0, p50Ms: 1, p99Ms: 3 },
  }));

describe('the rates of a load', () => {
  test('are the means of its minutes, whatever the points in them', () => {
    const load = { fromCloudSeconds: 30, toCloudSeconds: 180, series: series([30, 10], [60, 20], [120, 5]) };
    expect(minuteRates(load)).toEqual([
      { seconds: 30, requestsPerSecond: 15 },
      { seconds: 90, requestsPerSecond: 12.5 },
      { seconds: 150, requestsPerSecond: 5 },
    ]);
  });

  test('are zero where the series says nothing', () => {
    const load = { fromCloudSeconds: 0, toCloudSeconds: 120, series: series([60, 10]) };
    expect(minuteRates(load).map(({ requestsPerSecond }) => requestsPerSecond)).toEqual([0, 10]);
  });
});

describe('elasticity of a run', () => {
  /** 2 tasks, 6 from 400 s on, 2 again from 2000 s on. */
  const run = runWithLoad({ series: series([0, 375]) });
  const capacity = { requestsPerSecond: 62.5, source: 'measured' } as const;

  test('judges the time of the load, and counts what ran after it apart', () => {
    expect(runElasticity(run, capacity)).toMatchObject({
      ...{ fromSeconds: 0, toSeconds: 600, capacitySource: 'measured' },
      underProvisioning: { timePercent: (400 / 600) * 100, unitSeconds: 1600 },
      overProvisioning: { timePercent: 0 },
      unitHours: (2 * 400 + 6 * 200) / 3600,
      unitHoursAfterLoad: (6 * 1400) / 3600,
    });
  });

  test('counts as supply only what is both running and healthy', () => {
    const timeline = [{ cloudSeconds: 0, desired: 6, running: 6, healthy: 3 }];
    const scaling = { ...unjudgedRun.scaling, timeline };
    expect(runElasticity({ load: run.load, scaling }, capacity)?.meanUnits.supply).toBe(3);
  });

  test('of nobody’s observation, or of a load without time, is not there', () => {
    const scaling = { ...unjudgedRun.scaling, timeline: [] };
    expect(runElasticity({ load: run.load, scaling }, capacity)).toBeUndefined();
    expect(runElasticity(runWithLoad({ toCloudSeconds: 0 }), capacity)).toBeUndefined();
  });
});

describe('the capacity that a target stands for', () => {
  const policy = (metricKey: string, target: number | null) => ({ name: 'p', metricKey, target, alarms: [] });
  const requests = 'AWS/ApplicationELB/RequestCountPerTarget/Sum';

  test('is its requests a minute, the highest of several', () => {
    const policies = [policy(requests, 600), policy(requests, 1500), policy('AWS/ECS/CPUUtilization', 9000)];
    expect(targetCapacity({ policies })).toEqual({ requestsPerSecond: 25, source: 'target' });
  });

  test('is unknown where nothing tracks requests', () => {
    expect(targetCapacity({ policies: [policy('AWS/ECS/CPUUtilization', 60), policy(requests, null)] })).toBe(
      undefined,
    );
  });
});
