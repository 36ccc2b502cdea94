import { describe, expect, test } from '@jest/globals';
import { serviceEnvironment } from '@tideline/config/testing';
import { type Replay, replay } from '../src/replay/replay.ts';
import type { Datapoint } from '../src/index.ts';

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
