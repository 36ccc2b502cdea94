import { describe, expect, test } from '@jest/globals';
import { serviceEnvironment } from '@tideline/config/testing';
import { environmentWith, trackRequests } from './scenario.ts';
import { type Replay, replay } from '../src/replay/replay.ts';
import { type Datapoint, planScaling } from '../src/index.ts';

const requestsKey = 'AWS/ApplicationELB/RequestCountPerTarget/Sum';

/** One datapoint above the alarm is enough, and each is seen when its minute ends. */
const environment = serviceEnvironment({
  capacity: { min: 1, max: 20, desired: 2 },
  scaling: {
    policies: [
      {
        type: 'step',
        name: 'out',
        metric: { kind: 'requests-per-target' },
        alarm: { comparison: 'GreaterThanThreshold', threshold: 100 },
        steps: [{ lowerBound: 0, upperBound: null, adjustment: 1 }],
        cooldownSeconds: 0,
      },
      {
        type: 'step',
        name: 'in',
        metric: { kind: 'requests-per-target' },
        alarm: { comparison: 'LessThanThreshold', threshold: 50 },
        steps: [{ lowerBound: null, upperBound: 0, adjustment: -1 }],
        cooldownSeconds: 0,
      },
    ],
  },
  assumptions: { metricLagSeconds: 0 },
});

const run = (
  values: readonly (readonly [minute: number, value: number, running?: number])[],
  toSeconds = 60 * ((values.at(-1)?.[0] ?? 0) + 1),
) => ({
  fromSeconds: 0,
  toSeconds,
  desired: 2,
  datapoints: new Map<string, readonly Datapoint[]>([
    [
      requestsKey,
      values.map(([minute, value, running]) => ({
        startSeconds: minute * 60,
        value,
        ...(running === undefined ? {} : { running }),
      })),
    ],
  ]),
});

const counts = ({ desired }: Replay) => desired.map(({ seconds, count }) => [seconds, count]);
const played = (desired: readonly (readonly [number, number])[]): Replay => ({
  ...{ peakDesired: 0, finalDesired: 0, scaleOuts: 0, scaleIns: 0 },
  desired: desired.map(([seconds, count]) => ({ seconds, count })),
});

describe('a replay', () => {
  test('evaluates up to and with the last second', () => {
    const values = [
      [0, 150],
      [1, 150],
      [2, 70],
      [3, 20],
      [4, 150],
    ] as const;
    expect(replay(environment, run(values))).toEqual({
      peakDesired: 4,
      finalDesired: 4,
      scaleOuts: 3,
      scaleIns: 1,
      desired: [
        { seconds: 0, count: 2 },
        { seconds: 60, count: 3 },
        { seconds: 120, count: 4 },
        { seconds: 240, count: 3 },
        { seconds: 300, count: 4 },
      ],
    });
    expect(replay(environment, run(values, 299)).finalDesired).toBe(3);
  });

  test('takes datapoints as they are where it is told of no other count', () => {
    expect(
      counts(
        replay(
          environment,
          run([
            [0, 150],
            [1, 120],
          ]),
        ),
      ),
    ).toEqual([
      [0, 2],
      [60, 3],
      [120, 4],
    ]);
  });

  test('spreads them over the count that there is now, from the moment on at which it differs', () => {
    // It had stayed at two: 120 of each are 80 of each of three, in the second minute.
    const values = [
      [0, 150, 2],
      [1, 120, 2],
    ] as const;
    expect(counts(replay(environment, run(values), played([[0, 2]])))).toEqual([
      [0, 2],
      [60, 3],
    ]);
    expect(
      counts(
        replay(
          environment,
          run(values),
          played([
            [0, 2],
            [60, 3],
          ]),
        ),
      ),
    ).toEqual([
      [0, 2],
      [60, 3],
      [120, 4],
    ]);
  });

  test('weighs the counts of a period by their time', () => {
    // Two for 30 s and four for 30 s are three: 80 of each of them are 120 of each of two, and 80 of 2.33 are 93.
    const values = [[0, 80, 3]] as const;
    expect(
      counts(
        replay(
          environment,
          run(values),
          played([
            [0, 2],
            [30, 4],
          ]),
        ),
      ),
    ).toEqual([
      [0, 2],
      [60, 3],
    ]);
    expect(
      counts(
        replay(
          environment,
          run(values),
          played([
            [0, 2],
            [50, 4],
          ]),
        ),
      ),
    ).toEqual([[0, 2]]);
  });

  test('leaves alone what nobody shared', () => {
    expect(counts(replay(environment, run([[0, 120]]), played([[0, 0]])))).toEqual([
      [0, 2],
      [60, 3],
    ]);
  });

  test('makes the forecasts again', () => {
    const forecasting = serviceEnvironment({
      capacity: { min: 1, max: 20, desired: 2 },
      scaling: {
        policies: [
          {
            type: 'predictive',
            name: 'ahead',
            metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 600 },
            mode: 'ForecastAndScale',
          },
        ],
      },
      // The second hour of a day needs five tasks, each other hour one.
      local: { hourlyRequestsPerSecond: Array.from({ length: 48 }, (_, hour) => (hour % 24 === 1 ? 50 : 5)) },
    });
    const hours = run(Array.from({ length: 180 }, (_, minute) => [minute, 150, 2] as const));
    const { peakDesired, desired } = replay(forecasting, hours);
    expect(peakDesired).toBe(5);
    expect(desired).toContainEqual({ seconds: 3600 - 300, count: 5 });
  });
});

describe('what is spread over another count', () => {
  const tracking = (min: number) =>
    environmentWith([trackRequests(100)], { capacity: { min, max: 20, desired: 2 } });

  test('is only what tasks share: a response time is as it was', () => {
    const slow = environmentWith(
      [
        {
          type: 'step',
          name: 'slow',
          metric: { kind: 'response-time' },
          alarm: { comparison: 'GreaterThanThreshold', threshold: 500 },
          steps: [{ lowerBound: 0, upperBound: null, adjustment: 1 }],
          cooldownSeconds: 0,
        },
      ],
      { capacity: { min: 1, max: 20, desired: 2 } },
    );
    const [metric] = planScaling(slow).metrics;
    const datapoints = [0.9, 0.6].map((value, minute) => ({ startSeconds: 60 * minute, value }));
    const slowRun = { ...run([]), toSeconds: 120, datapoints: new Map([[metric?.key ?? '', datapoints]]) };
    expect(counts(replay(slow, slowRun, played([[0, 2]])))).toEqual([
      [0, 2],
      [60, 3],
      [120, 4],
    ]);
  });

  test.each([
    // 300 requests, of three that ran while four were desired: three are needed.
    [[3], 3],
    // Of how many ran nothing is known: two, each of which had 200.
    [[], 4],
  ] as const)('has its count spread the other way: of %p that ran, %i are needed', (running, needed) => {
    const minutes = [0, 1, 2].map((minute) => [minute, 100, ...running] as const);
    expect(replay(tracking(1), run(minutes), played([[0, 4]])).finalDesired).toBe(needed);
  });

  test('is as it was over no count at all', () => {
    // Demand starts one, with 140 of each from the second minute on; the first minute was below the target, and stays so.
    const minutes = [0, 1, 2].map((minute) => [minute, 70] as const);
    const fromZero = { ...run(minutes), desired: 0 };
    expect(counts(replay(tracking(0), fromZero, played([[0, 2]])))).toEqual([
      [0, 0],
      [60, 1],
    ]);
  });

  test('is spread by the first count before the first moment', () => {
    // Two for 45 s and four for 15 s are 2.5: 70 of each are 87.5 of each of two.
    const before = played([
      [30, 2],
      [45, 4],
    ]);
    expect(counts(replay(environment, { ...run([[0, 70]]), fromSeconds: 30 }, before))).toEqual([[30, 2]]);
  });
});

describe('the forecasts of a replay', () => {
  const hour = 3600;
  const ahead = {
    type: 'predictive',
    name: 'ahead',
    metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 600 },
    mode: 'ForecastAndScale',
  } as const;

  test('are made from its datapoints as each ends, by the tasks that there are then', () => {
    const four = {
      type: 'scheduled',
      name: 'four',
      schedule: 'at(2026-01-01T01:29:00)',
      minCapacity: 4,
    } as const;
    const forecasting = environmentWith([ahead, four], { capacity: { min: 1, max: 20, desired: 2 } });
    // One minute of each hour, mostly its last. That of the second hour begins as there are four: 4 x 45,000 / 60 = 3,000 = 5 x 600.
    const minutes = Array.from({ length: 26 }, (_, at) =>
      at === 1 ? ([89, 45_000] as const) : ([60 * at + 59, 0] as const),
    );
    expect(counts(replay(forecasting, run(minutes, 26 * hour)))).toEqual([
      [0, 2],
      [89 * 60, 4],
      [25 * hour - 300, 5],
    ]);
  });

  test('are those of each policy by its own metric, and none without datapoints', () => {
    const busy = {
      ...ahead,
      name: 'busy',
      mode: 'ForecastOnly',
      metric: { kind: 'cpu', targetPercent: 50 },
    } as const;
    const two = serviceEnvironment({
      capacity: { min: 1, max: 20, desired: 1 },
      scaling: { policies: [busy, ahead] },
      local: { hourlyRequestsPerSecond: Array.from({ length: 24 }, () => 50) },
    });
    const silent = {
      ...run([]),
      toSeconds: 60,
      desired: 1,
      datapoints: new Map<string, readonly Datapoint[]>(),
    };
    expect(replay(two, { ...silent, toSeconds: hour }).peakDesired).toBe(5);
    expect(counts(replay(environment, silent))).toEqual([[0, 1]]);
  });
});
