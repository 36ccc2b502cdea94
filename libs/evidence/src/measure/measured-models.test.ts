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
