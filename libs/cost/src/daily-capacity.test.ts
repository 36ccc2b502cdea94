import { expect, test } from '@jest/globals';
import { preset } from '../test/environments.ts';
import { dailyCapacity } from './daily-capacity.ts';

test('a day without load has the minimum', () => {
  expect(dailyCapacity(preset('load-driven'), { requestsPerSecond: 0, hoursPerDay: 0 })).toEqual({
    averageUnits: 2,
    peakUnits: 2,
  });
});

test('a day that is all load has the capacity which that takes, from its first minute on', () => {
  expect(dailyCapacity(preset('load-driven'), { requestsPerSecond: 375, hoursPerDay: 24 })).toEqual({
    averageUnits: 6,
    peakUnits: 6,
  });
});

test('eight hours at the maximum, the way in after them, and draining are all billed', () => {
  const { averageUnits, peakUnits } = dailyCapacity(preset('load-driven'), {
    requestsPerSecond: 375,
    hoursPerDay: 8,
  });
  expect(peakUnits).toBe(6);
  const leastUnits = (8 * 6 + 16 * 2) / 24;
  expect(averageUnits).toBeGreaterThan(leastUnits);
  expect(averageUnits).toBeLessThan(leastUnits + 0.2);
});

test('an instance counts with the vCPUs that AWS gives it, not with those of the twin', () => {
  // 100 requests/s of 20.5 ms are 2.05 vCPU and a little for nothing: above half of four, below half of six.
  const environment = preset('stateless-asg');
  expect(dailyCapacity(environment, { requestsPerSecond: 100, hoursPerDay: 8 }).peakUnits).toBe(3);
});

test('a drain is billed to its end', () => {
  const day = { requestsPerSecond: 375, hoursPerDay: 8 };
  const units = (deregistrationDelaySeconds: number) =>
    dailyCapacity(preset('load-driven', { loadBalancer: { deregistrationDelaySeconds } }), day).averageUnits;
  expect(units(3600) - units(0)).toBeCloseTo((4 * 3600) / 86_400, 6);
});
