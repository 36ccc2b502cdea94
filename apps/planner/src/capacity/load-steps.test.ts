import { describe, expect, test } from '@jest/globals';
import { resolveLoadProfile, type LoadProfile } from '@tideline/config';
import type { CapacityStep } from '@tideline/planner';
import type { LoadFigures } from '../processes/load-runner-program.ts';
import { LoadSteps, type LoadStepsOptions } from './load-steps.ts';
import type { MeasuredWindows } from './measured-windows.ts';

const objective = { latencyPercentile: 99.9, latencyMilliseconds: 50, failedPercent: 1 };
const profile = resolveLoadProfile({
  name: 'two',
  stages: [{ users: 1, usersPerSecond: 1, holdSeconds: 1 }],
  endpoints: [{ path: '/' }, { path: '/other' }],
});

const figures = (load: Partial<LoadFigures['load']> = {}): LoadFigures => ({
  startedAt: new Date(0).toISOString(),
  finishedAt: new Date(1).toISOString(),
  load: {
    requests: 4000,
    requestsPerSecond: 990,
    askedRequestsPerSecond: 990,
    generatorLimited: false,
    failures: { total: 4, byKind: { 'http-503': 4 } },
    latencyMs: { p50: 1, p99: 5, p999: 9 },
    ...load,
  },
});

/** Windows of 4 s at 50 % CPU, and one of 3 s without load at 2 %. */
const windows = (): Pick<MeasuredWindows, 'cut' | 'setSpeed'> => {
  const idle = { wallSeconds: 3, cpuPercent: 2, responseTimeMs: null };
  const answers = [null, idle];
  return {
    setSpeed: () => Promise.reject(new Error('not asked')),
    cut: () => Promise.resolve(answers.shift() ?? { wallSeconds: 8, cpuPercent: 26, responseTimeMs: 0.5 }),
  };
};

function stepsOf(options: Partial<LoadStepsOptions> = {}) {
  const driven: LoadProfile[] = [];
  const seen: CapacityStep[] = [];
  const steps = new LoadSteps({
    profile,
    objective,
    limits: { objective, highestCpuPercent: 100, isCpuShareEnforced: false },
    windows: null,
    drive: (one) => {
      driven.push(one);
      return Promise.resolve(figures());
    },
    onStep: (step) => seen.push(step),
    ...options,
  });
  return { steps, driven, seen };
}

describe('steps of the load', () => {
  test('are the requests of the profile at the rate, by enough users, as long as it takes to judge them', async () => {
    const { steps, driven, seen } = stepsOf();
    expect(await steps.run(1000, 'bisect')).toBe('held');
    expect(driven[0]?.endpoints.map(({ path }) => path)).toEqual(['/', '/other']);
    // 10,000 requests judge p99.9; 1,000/s x 50 ms are 50 in flight, twice that are users.
    expect(driven[0]?.stages).toEqual([
      { users: 100, usersPerSecond: 200, holdSeconds: 10, requestsPerSecond: 1000 },
    ]);
    expect(seen).toEqual(steps.steps);
    expect(seen[0]).toMatchObject({
      purpose: 'bisect',
      requestsPerSecond: 1000,
      sentRequestsPerSecond: 1000,
      seconds: 10,
      requests: 4000,
      latencyMilliseconds: 9,
      failedPercent: 0.1,
      failures: { 'http-503': 4 },
      cpuPercent: null,
      verdict: 'held',
    });
  });

  test('have the CPU of their rate, without what was idle around the load', async () => {
    const fake = windows();
    const real = { ...fake, setSpeed: () => Promise.resolve({}) } as unknown as MeasuredWindows;
    const { steps } = stepsOf({ windows: real });
    await steps.prepare(100, () => Promise.resolve());
    await steps.run(1000, 'climb');
    // 4,000 requests in 8 s are 500/s on average: 24 % over idle at that, twice as much at 1,000/s.
    expect(steps.steps[0]?.cpuPercent).toBeCloseTo(50, 9);
    expect(steps.used).toEqual([
      { requestsPerSecond: 0, cpuPercent: 2, responseTimeMs: null },
      { requestsPerSecond: 500, cpuPercent: 26, responseTimeMs: 0.5 },
    ]);
  });

  test('that answer nothing have failed', async () => {
    const nothing = { requests: 0, requestsPerSecond: 0, failures: { total: 0, byKind: {} } };
    const { steps } = stepsOf({ drive: () => Promise.resolve(figures(nothing)) });
    expect(await steps.run(10, 'climb')).toBe('errors');
    expect(steps.steps[0]?.failedPercent).toBe(100);
  });

  test('a percentile that the load runner does not measure is refused before the first step', async () => {
    const { steps } = stepsOf({
      drive: () => Promise.resolve(figures({ latencyMs: { p50: 1, p99: 2, max: 3 } })),
    });
    await expect(steps.prepare(10, () => Promise.resolve())).rejects.toThrow(
      'TL-CAPACITY-SLO --slo p99.9: the load runner does not measure it; allowed: p50, p99',
    );
  });
});
