import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
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

  test('hold every request of any series, at whatever instants its points are', () => {
    const instant = fc.double({ min: 0, max: 5000, noNaN: true });
    fc.assert(
      fc.property(instant, fc.array(fc.tuple(instant, fc.nat(500)), { maxLength: 30 }), (from, points) => {
        const load = { fromCloudSeconds: from, toCloudSeconds: from + 1234.5, series: series(...points) };
        const sorted = load.series.toSorted((one, other) => one.cloudSeconds - other.cloudSeconds);
        const held = sorted.reduce((sum, { cloudSeconds, requestsPerSecond }, index) => {
          const until = Math.min(load.toCloudSeconds, sorted[index + 1]?.cloudSeconds ?? Infinity);
          return sum + requestsPerSecond * Math.max(0, until - Math.max(from, cloudSeconds));
        }, 0);
        const rates = minuteRates(load);
        const counted = rates.reduce((sum, { seconds, requestsPerSecond }, index) => {
          const until = rates[index + 1]?.seconds ?? load.toCloudSeconds;
          return sum + requestsPerSecond * (until - seconds);
        }, 0);
        expect(counted).toBeCloseTo(held, 3);
      }),
    );
  });

  test('end although a minute’s end is no exact number', () => {
    const fromCloudSeconds = 61.23399999999674;
    const points = Array.from({ length: 400 }, (_, index) => [fromCloudSeconds + index * 5.1, 10] as const);
    const rates = minuteRates({ fromCloudSeconds, toCloudSeconds: 2101.1, series: series(...points) });
    expect(rates).toHaveLength(34);
    for (const { requestsPerSecond } of rates) expect(requestsPerSecond).toBeCloseTo(10, 9);
  });

  test('are one for each minute of the load, and none for what rounding leaves over', () => {
    const [fromCloudSeconds, toCloudSeconds] = [255.72031759730328, 1455.7203175973034];
    expect(fromCloudSeconds + 20 * 60).toBeLessThan(toCloudSeconds);
    const rates = minuteRates({ fromCloudSeconds, toCloudSeconds, series: series([0, 10]) });
    expect(rates).toHaveLength(20);
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

  test('does not depend on the order in which the counts were written down', () => {
    const timeline = run.scaling.timeline.toReversed();
    const scaling = { ...run.scaling, timeline };
    expect(runElasticity({ load: run.load, scaling }, capacity)).toEqual(runElasticity(run, capacity));
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

  test('is unknown where nothing tracks requests, or as many as no unit could carry', () => {
    const none = [policy('AWS/ECS/CPUUtilization', 60), policy(requests, null), policy(requests, 0)];
    expect(targetCapacity({ policies: none })).toBeUndefined();
  });
});
