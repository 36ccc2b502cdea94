import { describe, expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import { unjudgedRun } from '../../test/unjudged-run.ts';
import { measuredModels } from './measured-models.ts';

const environment = { ...resolveEnvironment(presetInput('fargate-alb')) };
const minutes = (values: readonly (readonly [number, number, number?])[]) =>
  values.map(([minute, value, running]) => ({
    cloudSeconds: minute * 60,
    value,
    ...(running === undefined ? {} : { running }),
  }));

/** 10 requests/s from minute 10 to minute 20, on two tasks of a quarter of a vCPU. */
function run(
  cpu: ReturnType<typeof minutes>,
  others: Readonly<Record<string, ReturnType<typeof minutes>>> = {},
) {
  const series = (key: string, datapoints: ReturnType<typeof minutes>) =>
    ({ key, unit: 'Percent', periodSeconds: 60, datapoints }) as const;
  return {
    environment,
    speed: [{ fromCloudSeconds: 0, speed: 20 }],
    load: {
      ...unjudgedRun.load,
      fromCloudSeconds: 600,
      toCloudSeconds: 1200,
      series: [600, 660, 720, 900].map((cloudSeconds) => ({
        ...{ cloudSeconds, requestsPerSecond: 10, failures: 0, p50Ms: 1, p99Ms: 2 },
      })),
    },
    scaling: {
      ...unjudgedRun.scaling,
      timeline: [{ cloudSeconds: 0, desired: 2, running: 2, healthy: 2 }],
      metrics: [
        series('AWS/ECS/CPUUtilization/Average', cpu),
        ...Object.entries(others).map(([key, datapoints]) => series(key, datapoints)),
      ],
    },
  };
}

describe('the models that a run measured', () => {
  test('CPU of a request and of an idle task follow from periods with and without load', () => {
    // 5 requests/s of 24 ms on a quarter of a vCPU are 48 %, over 2 % without any.
    const models = measuredModels(
      run(
        minutes([
          [8, 2],
          [9, 2],
          [11, 50],
          [12, 50],
          [16, 50],
          [21, 2],
        ]),
      ),
    );
    expect(models.overheadCpuMillisecondsPerRequest).toBeCloseTo(4);
    expect(models.idleCpuPercent).toBeCloseTo(2);
  });

  test('a datapoint that says over how many tasks it is counts for so many', () => {
    const models = measuredModels(
      run(
        minutes([
          [8, 2],
          [11, 50],
          [12, 26, 4],
          [13, 26, 4],
        ]),
      ),
    );
    expect(models.overheadCpuMillisecondsPerRequest).toBeCloseTo(4);
  });

  test('periods at the limit, and those in which the load began or ended, do not count', () => {
    const shifted = run(
      minutes([
        [8, 2],
        [9, 30],
        [11, 50],
        [12, 100],
        [19, 20],
      ]),
    );
    const models = measuredModels({
      ...shifted,
      load: { ...shifted.load, fromCloudSeconds: 590, toCloudSeconds: 1190 },
    });
    expect(models.overheadCpuMillisecondsPerRequest).toBeCloseTo(4);
  });

  test('periods at another speed than the load’s do not count', () => {
    const compressed = run(
      minutes([
        [8, 2],
        [11, 50],
        [12, 50],
        [25, 15],
        [26, 15],
      ]),
    );
    const speed = [...compressed.speed, { fromCloudSeconds: 1210, speed: 240 }];
    expect(measuredModels({ ...compressed, speed }).idleCpuPercent).toBeCloseTo(2);
  });

  test('without a period of another rate CPU is not known', () => {
    expect(
      measuredModels(
        run(
          minutes([
            [11, 50],
            [12, 50],
          ]),
        ),
      ),
    ).toEqual({});
    expect(measuredModels(run([]))).toEqual({});
  });

  test.each([30, 40])(
    'where CPU is 40 % without load and %d % under it, a request’s is not known',
    (under) => {
      expect(
        measuredModels(
          run(
            minutes([
              [8, 40],
              [11, under],
              [12, under],
            ]),
          ),
        ),
      ).toEqual({});
    },
  );

  test('memory is the average, and response time that of an idle task', () => {
    const models = measuredModels(
      run(
        minutes([
          [11, 50],
          [12, 75],
        ]),
        {
          'AWS/ECS/MemoryUtilization/Average': minutes([
            [11, 20],
            [12, 22],
          ]),
          'AWS/ApplicationELB/TargetResponseTime/Average': minutes([
            [11, 0.004],
            [12, 0.008],
          ]),
        },
      ),
    );
    expect(models).toMatchObject({ memoryPercent: 21, responseTimeMilliseconds: 2 });
  });

  test('a run without a description gives no grounds', () => {
    expect(measuredModels(unjudgedRun)).toEqual({});
  });
});

describe('the periods that count', () => {
  type Run = ReturnType<typeof run>;
  const rates = (buckets: readonly (readonly [seconds: number, requestsPerSecond: number])[]) =>
    buckets.map(([cloudSeconds, requestsPerSecond]) => ({
      ...{ cloudSeconds, requestsPerSecond, failures: 0, p50Ms: 1, p99Ms: 2 },
    }));
  const of = (cpu: Parameters<typeof minutes>[0], load: Partial<Run['load']> = {}): Run => {
    const whole = run(minutes(cpu));
    return { ...whole, load: { ...whole.load, ...load } };
  };
  /** What 4 ms above the container’s 20 ms and 2 % of an idle task make: 4.8 % per request a second to two tasks. */
  const expectModels = (measurable: Parameters<typeof measuredModels>[0]) => {
    const models = measuredModels(measurable);
    expect(models.overheadCpuMillisecondsPerRequest).toBeCloseTo(4);
    expect(models.idleCpuPercent).toBeCloseTo(2);
  };

  test('have the average rate of the buckets that begin in them, or the rate of the one before', () => {
    const series = rates([
      [600, 5],
      [630, 15],
      [660, 15],
      [720, 5],
      [900, 10],
    ]);
    const cpu = [
      [9, 2],
      [10, 50],
      [11, 74],
      [12, 26],
      [13, 26],
      [15, 50],
      [16, 50],
    ] as const;
    expectModels(of(cpu, { series }));
  });

  test('are those with a rate: before the first bucket there is none', () => {
    const series = rates([[720, 10]]);
    expectModels(
      of(
        [
          [9, 2],
          [10, 80],
          [12, 50],
        ],
        { series },
      ),
    );
  });

  test.each([
    [
      'until the load begins',
      [
        [9, 2],
        [11, 50],
      ],
    ],
    [
      'as soon as it has ended',
      [
        [11, 50],
        [20, 2],
      ],
    ],
    [
      'from its very beginning',
      [
        [5, 2],
        [10, 50],
      ],
    ],
    [
      'to its very end',
      [
        [5, 2],
        [19, 50],
      ],
    ],
  ] as const)('are idle %s, or under load', (_, cpu) => {
    expectModels(of(cpu));
  });

  test('are not those in which the load begins or ends', () => {
    const series = rates([[570, 10]]);
    const times = { fromCloudSeconds: 570, toCloudSeconds: 1190 };
    expectModels(
      of(
        [
          [5, 2],
          [9, 30],
          [11, 50],
          [19, 30],
        ],
        { ...times, series },
      ),
    );
  });

  test('are not those at 95 % of what a task can get', () => {
    expectModels(
      of([
        [9, 2],
        [11, 50],
        [12, 95],
      ]),
    );
  });

  test('are those with tasks, as many as ran in the middle of them', () => {
    const whole = of([
      [1, 0],
      [9, 2],
      [11, 50],
      [12, 26],
      [13, 26],
    ]);
    const timeline = (
      [
        [0, 0],
        [500, 2],
        [750, 4],
        [1500, 8],
      ] as const
    ).map(([cloudSeconds, count]) => ({
      ...{ cloudSeconds, desired: count, running: count, healthy: count },
    }));
    expectModels({ ...whole, scaling: { ...whole.scaling, timeline } });
  });

  test('are those at the speed that cloud time had when the load began', () => {
    const whole = of([
      [8, 15],
      [11, 50],
      [21, 2],
      [25, 15],
    ]);
    const speed = (
      [
        [0, 240],
        [600, 20],
        [1300, 240],
      ] as const
    ).map(([fromCloudSeconds, speed]) => ({
      ...{ fromCloudSeconds, speed },
    }));
    expectModels({ ...whole, speed });
    expectModels({
      ...of([
        [9, 2],
        [11, 50],
      ]),
      speed: [],
    });
  });

  test('are none without the metric', () => {
    const whole = of([]);
    expect(measuredModels({ ...whole, scaling: { ...whole.scaling, metrics: [] } })).toEqual({});
  });

  test('of response time are those whose CPU is known and not at the limit', () => {
    const responseTimes = minutes([
      [11, 0.004],
      [12, 0.008],
      [13, 1],
      [14, 1],
      [15, 1],
    ]);
    const key = 'AWS/ApplicationELB/TargetResponseTime/Average';
    const cpu = minutes([
      [11, 50],
      [12, 75],
      [14, 95],
      [15, 100],
    ]);
    expect(measuredModels(run(cpu, { [key]: responseTimes })).responseTimeMilliseconds).toBeCloseTo(2);
    const whole = run([], { [key]: responseTimes });
    const metrics = whole.scaling.metrics.filter((series) => series.key === key);
    expect(measuredModels({ ...whole, scaling: { ...whole.scaling, metrics } })).toEqual({});
  });
});
