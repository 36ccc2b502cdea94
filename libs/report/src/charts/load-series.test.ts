import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { thinSeries } from './load-series.ts';

const point = fc.record({
  cloudSeconds: fc.nat(10_000),
  requestsPerSecond: fc.nat(1000),
  failures: fc.nat(50),
  p50Ms: fc.nat(100),
  p99Ms: fc.nat(1000),
});

test('a short series is only put in order', () => {
  const late = { cloudSeconds: 20, requestsPerSecond: 1, failures: 0, p50Ms: 1, p99Ms: 2 };
  expect(
    thinSeries([late, { ...late, cloudSeconds: 10 }], 5).map(({ cloudSeconds }) => cloudSeconds),
  ).toEqual([10, 20]);
});

test('thinning keeps the worst latency and every failure', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 1 }), fc.integer({ min: 1, max: 10 }), (series, most) => {
      const thin = thinSeries(series, most);
      const sum = (points: typeof thin) => points.reduce((total, { failures }) => total + failures, 0);
      const worst = (points: typeof thin) => Math.max(...points.map(({ p99Ms }) => p99Ms));
      expect(thin.length).toBeLessThanOrEqual(most);
      expect(sum(thin)).toBe(sum(series));
      expect(worst(thin)).toBe(worst(series));
    }),
  );
});
