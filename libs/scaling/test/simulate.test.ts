import { describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, loadEnvironment, presetInput, resolveEnvironment } from '@tideline/config';
import { type SimulationPoint, simulate } from '../src/index.ts';

const steady = (requestsPerSecond: number, minutes: number) => ({
  stepSeconds: 60,
  requestsPerSecond: Array.from({ length: minutes }, () => requestsPerSecond),
});
const preset = (name: string, rest: Partial<EnvironmentInput> = {}) =>
  resolveEnvironment({ ...presetInput(name), ...rest });
const runningCounts = (points: readonly SimulationPoint[]) =>
  points.map(({ running }) => running).filter((running, index, all) => running !== all[index - 1]);

describe('load-driven under its headline load', () => {
  const headline = {
    stepSeconds: 10,
    requestsPerSecond: [...Array.from({ length: 61 }, () => 375), ...Array.from({ length: 360 }, () => 0)],
  };

  test('goes from 2 to 6 tasks and back to 2 without a hand', () => {
    const { peakRunning, finalRunning, points, decisions, requests } = simulate(
      headline,
      preset('load-driven'),
    );
    expect([points[0]?.running, peakRunning, finalRunning]).toEqual([2, 6, 2]);
    expect(runningCounts(points)).toEqual([2, 3, 4, 5, 6, 5, 4, 3, 2]);
    expect(decisions.filter(({ outcome }) => outcome === 'scaled').map(({ from, to }) => [from, to])).toEqual(
      [
        [2, 6],
        [6, 5],
        [5, 4],
        [4, 3],
        [3, 2],
      ],
    );
    expect(requests).toBe(375 * 610);
  });

  test.each([
    [130, 2],
    [180, 3],
    [190, 3],
    [250, 4],
    [310, 5],
    [375, 6],
  ])('at %i requests/s tracks: %i tasks, which hold for as long as the load does', (rate, tasks) => {
    const { peakRunning, finalRunning, decisions } = simulate(steady(rate, 60), preset('load-driven'), {
      tailSeconds: 3600,
    });
    expect([peakRunning, finalRunning]).toEqual([tasks, 2]);
    const underLoad = decisions.filter(({ outcome, seconds }) => outcome === 'scaled' && seconds <= 3600);
    expect(underLoad.map(({ from, to }) => [from, to])).toEqual(tasks === 2 ? [] : [[2, tasks]]);
  });

  test('is pinned at its maximum by the original’s target of 50 a minute, whatever the rate', async () => {
    const set = ['scaling.policies.requests-per-target.metric.requestsPerTargetPerMinute=50'];
    const original = await loadEnvironment({ preset: 'load-driven', set, variables: {} });
    for (const rate of [10, 190, 375]) expect(simulate(steady(rate, 30), original).peakRunning).toBe(6);
  });

  test('stays up when an idle balancer reports nothing', () => {
    const environment = preset('load-driven', { assumptions: { idleRequests: 'missing' } });
    expect(simulate(steady(375, 10), environment, { tailSeconds: 3600 }).finalRunning).toBe(6);
    // The last ten seconds of the headline load are a minute that is below the threshold: one task less, and no more.
    expect(simulate(headline, environment).finalRunning).toBe(5);
  });

  test('gives the same result twice, and prints nothing', () => {
    const [first, second] = [preset('load-driven'), preset('load-driven')].map((environment) =>
      simulate(headline, environment),
    );
    expect(first).toEqual(second);
  });
});

describe('the published benchmark of 60 s and 20 s metrics, over all phases in which the load can begin', () => {
  const phasesOfASecond = 4;
  /** Requests per second that two tasks are a third above their target of 60 % CPU with, and that take all of it. */
  const loads = [19.5, 25];

  const published = [
    { resolutionSeconds: 60, decisionSeconds: 363, capacitySeconds: 386 },
    { resolutionSeconds: 20, decisionSeconds: 86, capacitySeconds: 109 },
  ] as const;

  test.each(published.flatMap((pair) => loads.map((load) => ({ ...pair, load }))))(
    'with metrics of $resolutionSeconds s and $load requests/s comes within 5 % of $decisionSeconds s and $capacitySeconds s at the median, and within 10 % in 85 % of the phases',
    ({ resolutionSeconds, load, decisionSeconds, capacitySeconds }) => {
      const environment = preset('fargate-alb', { monitoring: { resolutionSeconds } });
      const phases = Array.from({ length: resolutionSeconds * phasesOfASecond }, (_, index) => {
        const begin = 600 + index / phasesOfASecond;
        const options = { loadStartsAtSeconds: begin, seed: index };
        const { decisions, points } = simulate(steady(load, 10), environment, options);
        const decided = decisions.find(({ outcome }) => outcome === 'scaled');
        const grown = points.find(({ running }) => running >= (decided?.to ?? Infinity));
        return [(decided?.seconds ?? NaN) - begin, (grown?.seconds ?? NaN) - begin] as const;
      });
      const check = (seconds: readonly number[], published: number) => {
        const errors = seconds.map((each) => each / published - 1).sort((one, other) => one - other);
        expect(Math.abs(errors[Math.floor(errors.length / 2)] ?? NaN)).toBeLessThan(0.05);
        const near = errors.filter((error) => Math.abs(error) <= 0.1);
        expect(near.length / errors.length).toBeGreaterThanOrEqual(0.85);
      };
      check(
        phases.map(([decision]) => decision),
        decisionSeconds,
      );
      check(
        phases.map(([, capacity]) => capacity),
        capacitySeconds,
      );
    },
  );
});

describe('the models', () => {
  const none = { scaling: { policies: [] }, capacity: { min: 0, max: 50, desired: 2 } };

  test('requests, task seconds and duration add up', () => {
    const result = simulate(steady(2, 3), preset('fargate-alb', none), {
      loadStartsAtSeconds: 30,
      tailSeconds: 90,
    });
    expect(result).toMatchObject({ durationSeconds: 300, requests: 360, taskSeconds: 600, finalDesired: 2 });
    expect(result.points.map(({ seconds, requestsPerSecond }) => [seconds, requestsPerSecond])).toEqual([
      [0, 0],
      [60, 2],
      [120, 2],
      [180, 2],
      [240, 0],
      [300, 0],
    ]);
  });

  test('points can be sampled sparsely', () => {
    const day = steady(2, 24 * 60);
    const { points } = simulate(day, preset('fargate-alb', none), { sampleEverySeconds: Infinity });
    expect(points.map(({ seconds }) => seconds)).toEqual([0, 86_400]);
    expect(simulate(steady(2, 30 * 24 * 60), preset('fargate-alb', none)).points.length).toBeLessThan(1600);
  });

  test('CPU needs the policy’s target in requests of the size the container says', () => {
    // 2 tasks of 0.25 vCPU at 60 %: 300 ms of CPU each second, at 20.5 ms a request 14.6 requests/s, less the idle 1 %.
    const count = (rate: number) => simulate(steady(rate, 20), preset('fargate-alb')).peakDesired;
    expect(count(14.3)).toBe(2);
    expect(count(14.5)).toBeGreaterThan(2);
  });

  test('a response-time policy scales out when tasks are busy', () => {
    const policy = {
      type: 'target-tracking',
      name: 'latency',
      metric: { kind: 'response-time', targetMilliseconds: 10 },
    } as const;
    const environment = preset('fargate-alb', { scaling: { policies: [policy] } });
    expect(simulate(steady(10, 20), environment).peakDesired).toBe(2);
    expect(simulate(steady(23, 20), environment).peakDesired).toBeGreaterThan(2);
  });

  test('a memory policy sees the constant that was assumed', () => {
    const policy = {
      type: 'target-tracking',
      name: 'memory',
      metric: { kind: 'memory', targetPercent: 50 },
    } as const;
    const environment = preset('fargate-alb', { scaling: { policies: [policy] } });
    expect(simulate(steady(1, 20), environment).peakDesired).toBe(2);
    expect(simulate(steady(1, 20), environment, { memoryPercent: 70 }).peakDesired).toBe(6);
  });

  test('a custom metric follows its own series', () => {
    const policy = {
      type: 'target-tracking',
      name: 'queue',
      metric: { kind: 'custom', namespace: 'Shop', metricName: 'Backlog', targetValue: 100 },
    } as const;
    const environment = preset('fargate-alb', { scaling: { policies: [policy] } });
    const series = (value: number | null) => ({
      customMetrics: { 'Shop/Backlog/Average': { stepSeconds: 1200, values: [value] } },
    });
    expect(simulate(steady(0, 20), environment, series(150)).peakDesired).toBe(6);
    expect(simulate(steady(0, 20), environment, series(null)).peakDesired).toBe(2);
    expect(simulate(steady(0, 20), environment).peakDesired).toBe(2);
  });

  test('a period in which no task ran for a while gives no CPU datapoint', () => {
    const queue = { kind: 'custom', namespace: 'Shop', metricName: 'Backlog', targetValue: 100 } as const;
    const cpu = { type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 60 } } as const;
    const environment = preset('fargate-alb', {
      capacity: { min: 0, max: 6, desired: 0 },
      scaling: { policies: [cpu, { ...cpu, name: 'queue', metric: queue }] },
      assumptions: { metricLagSeconds: 0, taskStartSeconds: { min: 39, max: 39 } },
    });
    const { decisions, alarmChanges } = simulate(steady(100, 10), environment, {
      customMetrics: { 'Shop/Backlog/Average': { stepSeconds: 600, values: [1] } },
    });
    // The first task runs from 99 s on: of the minute until 120 s it has seen 21 s.
    expect(decisions[0]).toMatchObject({ seconds: 60, to: 1 });
    const cpuAlarm = alarmChanges.find(({ alarm, to }) => alarm.includes('AlarmHigh') && to === 'ALARM');
    expect(cpuAlarm?.seconds).toBe(300);
  });

  test('a schedule follows the calendar from the given start', () => {
    const policy = {
      type: 'scheduled',
      name: 'morning',
      schedule: 'cron(30 8 * * ? *)',
      minCapacity: 4,
    } as const;
    const environment = preset('fargate-alb', { scaling: { policies: [policy] } });
    const { decisions } = simulate(steady(0, 60), environment, {
      startedAt: new Date('2026-05-04T08:00:00Z'),
    });
    expect(decisions).toMatchObject([{ seconds: 1800, policy: 'morning', from: 2, to: 4 }]);
  });
});

test.each([
  [
    { stepSeconds: 0, requestsPerSecond: [1] },
    'stepSeconds of a load trace must be a positive number of seconds; got 0',
  ],
  [{ stepSeconds: 60, requestsPerSecond: [1, -2] }, 'must hold finite numbers from 0 up; got -2 at step 1'],
  [{ stepSeconds: 60, requestsPerSecond: [NaN] }, 'must hold finite numbers from 0 up; got NaN at step 0'],
])('%j is refused', (trace, message) => {
  expect(() => simulate(trace, preset('fargate-alb'))).toThrow(message);
  expect(() => simulate(steady(1, 1), preset('fargate-alb'), { history: trace })).toThrow(message);
});

test.each([
  [{ sampleEverySeconds: 0 }, 'sampleEverySeconds of a simulation must be above 0'],
  [{ tailSeconds: -1 }, 'tailSeconds of a simulation must be a finite number of seconds from 0 up; got -1'],
  [{ loadStartsAtSeconds: Infinity }, 'loadStartsAtSeconds of a simulation must be a finite number'],
])('%j is refused', (options, message) => {
  expect(() => simulate(steady(1, 1), preset('fargate-alb'), options)).toThrow(message);
});
