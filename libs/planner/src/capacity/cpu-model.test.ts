import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cpuMillisecondsPerRequest, cpuModel, cpuPercentAt } from './cpu-model.ts';
import { propose } from './propose.ts';
import { median, robustLine } from './robust-line.ts';

const line = (rates: readonly number[]) =>
  rates.map((requestsPerSecond) => ({ requestsPerSecond, cpuPercent: 2 + 0.5 * requestsPerSecond }));

describe('CPU by rate', () => {
  test('is a line of idle CPU and CPU per request', () => {
    const model = cpuModel(line([0, 10, 50, 100]), 100);
    expect(model?.idleCpuPercent).toBeCloseTo(2, 9);
    expect(model?.percentPerRequestRate).toBeCloseTo(0.5, 9);
    if (model === null) throw new Error('no model');
    expect(cpuPercentAt(model, 40)).toBeCloseTo(22, 9);
    // 0.5 % of a quarter vCPU for each request a second is 1.25 ms.
    expect(cpuMillisecondsPerRequest(model, 0.25)).toBeCloseTo(1.25, 9);
  });

  test('leaves saturated stretches out', () => {
    const saturated = [300, 400, 500].map((requestsPerSecond) => ({ requestsPerSecond, cpuPercent: 100 }));
    expect(cpuModel([...line([0, 50, 100]), ...saturated], 100)?.percentPerRequestRate).toBeCloseTo(0.5, 9);
  });

  test('is not known from one rate, or where more requests cost less', () => {
    expect(cpuModel(line([50, 51, 52]), 100)).toBeNull();
    const falling = [10, 20, 40].map((rate) => ({ requestsPerSecond: rate, cpuPercent: 60 - rate }));
    expect(cpuModel(falling, 100)).toBeNull();
    expect(cpuModel([], 100)).toBeNull();
  });
});

describe('a robust line', () => {
  test('goes by the points whatever a fifth of them say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 10, maxLength: 10 }),
        (wrong) => {
          const points = Array.from({ length: 50 }, (_, x) => ({
            x,
            y: x % 5 === 0 ? (wrong[x / 5] ?? 0) : 3 * x + 7,
          }));
          const fitted = robustLine(points);
          expect(fitted?.slope).toBeGreaterThan(2);
          expect(fitted?.slope).toBeLessThan(4);
        },
      ),
    );
  });

  test('of two weeks of minutes is that of all of them', () => {
    const fitted = robustLine(
      Array.from({ length: 20_160 }, (_, x) => ({ x: x % 700, y: 2 * (x % 700) + 1 })),
    );
    expect(fitted).toEqual({ slope: 2, intercept: 1 });
  });

  test('of one point, or of points at one place, is none', () => {
    expect(robustLine([{ x: 1, y: 2 }])).toBeNull();
    expect(robustLine([1, 2, 3].map((y) => ({ x: 5, y })))).toBeNull();
    expect(median([])).toBeNull();
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  });
});

describe('the proposal', () => {
  const cpu = { idleCpuPercent: 2, percentPerRequestRate: 0.5 };

  test('keeps the headroom below the low end of the interval', () => {
    expect(propose({ lowRequestsPerSecond: 100, headroomPercent: 20, cpu })).toEqual({
      headroomPercent: 20,
      requestsPerTargetPerMinute: 4800,
      cpuTargetPercent: 42,
    });
  });

  test('names no CPU target where CPU is low at the knee, or unknown', () => {
    const lowRequestsPerSecond = 50;
    expect(propose({ lowRequestsPerSecond, headroomPercent: 0, cpu }).cpuTargetPercent).toBeNull();
    expect(propose({ lowRequestsPerSecond, headroomPercent: 0, cpu: null }).cpuTargetPercent).toBeNull();
  });
});
