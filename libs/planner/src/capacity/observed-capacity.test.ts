import { describe, expect, test } from '@jest/globals';
import { randomFrom } from '@tideline/scaling';
import { type ObservedPeriod, observedCapacity } from './observed-capacity.ts';

const objective = { latencyPercentile: 99, latencyMilliseconds: 50, failedPercent: 0.1 };

/** Two weeks of minutes: a daily wave up to a rate per task, at a service that is slow above its knee, with some noise. */
function history(highestRate: number, knee: number): ObservedPeriod[] {
  const random = randomFrom(7);
  return Array.from({ length: 14 * 1440 }, (_, minute) => {
    const wave = (1 - Math.cos((minute / 1440) * 2 * Math.PI)) / 2;
    const rate = highestRate * (0.1 + 0.9 * wave) * (0.98 + random() * 0.04);
    const units = 2 + (minute % 3);
    const isDeployment = minute % 500 === 0;
    return {
      requestsPerSecond: rate * units,
      units,
      cpuPercent: isDeployment ? 95 : Math.min(100, 3 + rate * 0.8 + random() * 2),
      latencyMilliseconds: isDeployment || rate > knee ? 200 : 20 + random() * 10,
      failedPercent: 0,
    };
  });
}

describe('capacity out of what a service did', () => {
  test('is the knee where minutes lie on both sides of it', () => {
    const found = observedCapacity(history(100, 80), objective, 100);
    expect(found).toMatchObject({ method: 'bins', limitedBy: 'latency', periods: 20_160 });
    expect(found?.requestsPerSecond.low).toBeLessThanOrEqual(80);
    expect(found?.requestsPerSecond.high).toBeGreaterThanOrEqual(80);
    expect(found?.requestsPerSecond.high).toBeLessThan(80 * 1.1);
  });

  test('is a lower bound where the service never came near it', () => {
    const found = observedCapacity(history(40, 80), objective, 100);
    expect(found).toMatchObject({ method: 'lower-bound', limitedBy: 'not-reached' });
    const { low, value, high } = found?.requestsPerSecond ?? { low: 0, value: 0, high: 0 };
    expect([low, high]).toEqual([value, value]);
    expect(value).toBeGreaterThan(40);
    expect(value).toBeLessThan(41);
  });

  test('has CPU by rate, whatever deployments cost', () => {
    const found = observedCapacity(history(100, 80), objective, 100);
    expect(found?.cpu?.percentPerRequestRate).toBeCloseTo(0.8, 1);
    expect(found?.cpu?.idleCpuPercent).toBeCloseTo(4, 0);
  });

  test('counts minutes with more failures as errors', () => {
    const minutes = history(100, 1000).map((minute) => {
      const rate = minute.requestsPerSecond / minute.units;
      return { ...minute, failedPercent: rate > 60 ? 5 : 0 };
    });
    const found = observedCapacity(minutes, objective, 100);
    expect(found).toMatchObject({ method: 'bins', limitedBy: 'errors' });
    expect(found?.requestsPerSecond.value).toBeCloseTo(60, -1);
  });

  test('is none without minutes that hold', () => {
    expect(observedCapacity([], objective, 100)).toBeNull();
    expect(observedCapacity(history(100, 1), objective, 100)).toBeNull();
    const idle = {
      requestsPerSecond: 0,
      units: 2,
      cpuPercent: 1,
      latencyMilliseconds: null,
      failedPercent: 0,
    };
    expect(observedCapacity([idle, idle, idle], objective, 100)).toBeNull();
  });
});
