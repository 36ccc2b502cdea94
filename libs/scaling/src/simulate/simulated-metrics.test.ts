import { describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, resolveEnvironment } from '@tideline/config';
import { environmentWith } from '../../test/scenario.ts';
import { simulatedMetrics } from './simulated-metrics.ts';
import type { SimulationOptions } from './simulation.ts';

type Metric = Extract<Parameters<typeof environmentWith>[0][number], { type: 'target-tracking' }>['metric'];
type Stretch = readonly [seconds: number, requestsPerSecond: number, running: number, measured?: number];

const tracking = (metric: Metric) => ({ type: 'target-tracking', name: 'policy', metric }) as const;

/** The datapoints of one metric: those of periods, each of some stretches. Tasks of a quarter of a vCPU, 20 ms a request. */
function datapoints(
  metric: Metric,
  periods: readonly (readonly Stretch[])[],
  { options = {}, ...rest }: Partial<EnvironmentInput> & { readonly options?: SimulationOptions } = {},
) {
  const environment = environmentWith([tracking(metric)], {
    ...rest,
    container: { cpuMillisecondsPerRequest: 20 },
  });
  const [simulated] = simulatedMetrics(environment, { overheadCpuMillisecondsPerRequest: 0, ...options });
  return periods.map((stretches, period) => {
    for (const [seconds, requestsPerSecond, running, measured = running] of stretches)
      simulated?.model.add({ seconds, requestsPerSecond, running, measured });
    return simulated?.model.close(period * 60, (period + 1) * 60);
  });
}

describe('simulated requests per target', () => {
  const metric = { kind: 'requests-per-target', requestsPerTargetPerMinute: 50 } as const;

  test('are shared by the tasks of each moment, and start over with each period', () => {
    const [first, second] = datapoints(metric, [
      [
        [30, 10, 2],
        [30, 10, 5],
      ],
      [[60, 4, 3]],
    ]);
    expect(first).toEqual({ startSeconds: 0, value: 150 + 60, running: 600 / 210 });
    expect(second).toEqual({ startSeconds: 60, value: 80, running: 3 });
  });

  test('are counted only while there is a target', () => {
    const [partly, never, again] = datapoints(metric, [
      [
        [30, 10, 0],
        [30, 10, 2],
      ],
      [[60, 10, 0]],
      [[60, 10, 2]],
    ]);
    expect(partly).toEqual({ startSeconds: 0, value: 150, running: 2 });
    expect(never).toBeUndefined();
    expect(again).toEqual({ startSeconds: 120, value: 300, running: 2 });
  });

  test('are zero, or missing, where none came, as is assumed', () => {
    const idle = [[[60, 0, 2]]] as const;
    const zero = datapoints(metric, idle, { assumptions: { idleRequests: 'zero' } });
    const missing = datapoints(metric, idle, { assumptions: { idleRequests: 'missing' } });
    expect([...zero, ...missing]).toEqual([{ startSeconds: 0, value: 0 }, undefined]);
  });
});

describe('simulated CPU', () => {
  const metric = { kind: 'cpu', targetPercent: 50 } as const;

  test('is the idle share and 8 % for each request a second', () => {
    expect(datapoints(metric, [[[60, 10, 2]]])).toEqual([{ startSeconds: 0, value: 41, running: 2 }]);
    const options = { idleCpuPercent: 5, overheadCpuMillisecondsPerRequest: 5 };
    expect(datapoints(metric, [[[60, 10, 2]]], { options })).toEqual([
      { startSeconds: 0, value: 55, running: 2 },
    ]);
  });

  test('is at most what a task can get', () => {
    expect(datapoints(metric, [[[60, 1000, 2]]])).toEqual([{ startSeconds: 0, value: 100, running: 2 }]);
  });

  test('is averaged over the time of every task, and starts over with each period', () => {
    const [first, second] = datapoints(metric, [
      [
        [40, 10, 2],
        [20, 10, 8],
      ],
      [[60, 0, 3]],
    ]);
    // 80 task seconds at 41 %, 160 at 11 %.
    expect(first).toEqual({ startSeconds: 0, value: 21, running: 4 });
    expect(second).toEqual({ startSeconds: 60, value: 1, running: 3 });
  });

  test('is that of warm instances, under their share of the load of all', () => {
    expect(datapoints(metric, [[[60, 10, 4, 2]]])).toEqual([{ startSeconds: 0, value: 21, running: 2 }]);
  });

  test('is missing for a period in which none counted for a while, and not for the next', () => {
    const [partly, instant, whole] = datapoints(metric, [
      [
        [1, 10, 0],
        [59, 10, 2],
      ],
      [
        [0, 10, 0],
        [60, 10, 2],
      ],
      [[60, 10, 2]],
    ]);
    expect(partly).toBeUndefined();
    expect(instant).toEqual({ startSeconds: 60, value: 41, running: 2 });
    expect(whole).toEqual({ startSeconds: 120, value: 41, running: 2 });
  });

  test('is missing where nothing was seen at all', () => {
    expect(datapoints(metric, [[], [[0, 10, 2]]])).toEqual([undefined, undefined]);
  });
});

describe('simulated memory', () => {
  const metric = { kind: 'memory', targetPercent: 50 } as const;

  test('is a constant while a task runs', () => {
    const [first, partly, instant, none] = datapoints(metric, [
      [
        [40, 10, 2],
        [20, 10, 8],
      ],
      [
        [1, 10, 0],
        [59, 10, 2],
      ],
      [
        [0, 10, 0],
        [60, 10, 3],
      ],
      [],
    ]);
    expect(first).toEqual({ startSeconds: 0, value: 30, running: 4 });
    expect(partly).toBeUndefined();
    expect(instant).toEqual({ startSeconds: 120, value: 30, running: 3 });
    expect(none).toBeUndefined();
    expect(datapoints(metric, [[[60, 1, 1]]], { options: { memoryPercent: 44 } })[0]?.value).toBe(44);
  });
});

describe('simulated response time', () => {
  const metric = { kind: 'response-time', targetMilliseconds: 100 } as const;
  const options = { responseTimeMilliseconds: 59 };

  test('grows as CPU is used up, at most twentyfold, on average over the requests', () => {
    expect(datapoints(metric, [[[60, 10, 2]]], { options })[0]?.value).toBeCloseTo(0.1);
    expect(datapoints(metric, [[[60, 1000, 2]]], { options })[0]?.value).toBeCloseTo(0.059 * 20);
    const [mixed] = datapoints(
      metric,
      [
        [
          [40, 10, 2],
          [20, 1000, 2],
        ],
      ],
      { options },
    );
    expect(mixed?.value).toBeCloseTo((400 * 0.1 + 20_000 * 1.18) / 20_400);
    expect(mixed?.running).toBe(2);
  });

  test('is missing where nobody asked or answered, and starts over with each period', () => {
    const [idle, noTask, partly, after] = datapoints(
      metric,
      [
        [[60, 0, 2]],
        [[60, 10, 0]],
        [
          [30, 1000, 0],
          [30, 10, 2],
        ],
        [[60, 0, 2]],
      ],
      { options },
    );
    expect([idle, noTask, after]).toEqual([undefined, undefined, undefined]);
    expect(partly?.value).toBeCloseTo(0.1);
    expect(partly?.running).toBe(2);
  });

  test('is 3.5 ms of an idle task by default', () => {
    expect(datapoints(metric, [[[60, 0.001, 2]]], { options: { idleCpuPercent: 0 } })[0]?.value).toBeCloseTo(
      0.0035,
    );
  });
});

describe('a custom metric', () => {
  const metric = { kind: 'custom', namespace: 'Shop', metricName: 'Backlog', targetValue: 100 } as const;
  const idle: readonly (readonly Stretch[])[] = [[[60, 0, 2]], [[60, 0, 2]], [[60, 0, 0]], [[60, 0, 2]]];
  const of = (loadStartsAtSeconds: number) =>
    datapoints(metric, idle, {
      options: {
        loadStartsAtSeconds,
        customMetrics: { 'Shop/Backlog/Average': { stepSeconds: 60, values: [7, null, 9] } },
      },
    });

  test('has the value that holds when the period ends, and none after the series', () => {
    expect(of(0)).toEqual([
      { startSeconds: 0, value: 7, running: 2 },
      undefined,
      { startSeconds: 120, value: 9 },
      undefined,
    ]);
  });

  test('follows the load’s start', () => {
    expect(of(60)).toEqual([
      undefined,
      { startSeconds: 60, value: 7, running: 2 },
      undefined,
      { startSeconds: 180, value: 9, running: 2 },
    ]);
    expect(of(30)[0]).toEqual({ startSeconds: 0, value: 7, running: 2 });
  });

  test('has no datapoint where it was given no series', () => {
    expect(datapoints(metric, idle)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

test('each metric that a policy follows has one model', () => {
  const environment = resolveEnvironment({
    preset: 'test',
    compute: { kind: 'fargate' },
    scaling: {
      policies: [
        { ...tracking({ kind: 'cpu', targetPercent: 50 }), name: 'one' },
        { ...tracking({ kind: 'memory', targetPercent: 50 }), name: 'two' },
      ],
    },
  });
  expect(simulatedMetrics(environment, {}).map(({ key, periodSeconds }) => [key, periodSeconds])).toEqual([
    ['AWS/ECS/CPUUtilization/Average', 60],
    ['AWS/ECS/MemoryUtilization/Average', 60],
  ]);
});
