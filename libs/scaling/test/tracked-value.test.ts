import { describe, expect, test } from '@jest/globals';
import { type Datapoint, evaluateScaling, initialScalingState, planScaling } from '../src/index.ts';
import { cpuKey, environmentWith, trackCpu } from './scenario.ts';

type Point = readonly [percent: number, running?: number];

/** The count after minutes of CPU, some of them measured over a count of their own; ten tasks run. */
function desiredAfter(points: readonly Point[], assumptions: Parameters<typeof environmentWith>[1] = {}) {
  const plan = planScaling(environmentWith([trackCpu()], assumptions));
  const datapoints: Datapoint[] = points.map(([value, running], index) => ({
    startSeconds: index * 60,
    value,
    ...(running === undefined ? {} : { running }),
  }));
  let state = initialScalingState(plan);
  let desired = 10;
  for (let minute = 1; minute <= points.length; minute += 1) {
    const outcome = evaluateScaling(plan, state, {
      ...{ nowSeconds: minute * 60, running: 10, warmup: null, desired, deploymentInProgress: false },
      datapoints: (key) => (key === cpuKey ? datapoints.slice(0, minute) : []),
    });
    ({ state, desired } = outcome);
  }
  return desired;
}

describe('a policy that holds a target goes by', () => {
  const average = { assumptions: { trackedValue: 'average' } } as const;

  test('the newest datapoint, or the average of those that its alarm looks at', () => {
    const rising: readonly Point[] = [[60], [70], [80]];
    expect(desiredAfter(rising)).toBe(16);
    expect(desiredAfter(rising, average)).toBe(14);
  });

  test('the count of each datapoint', () => {
    const growing: readonly Point[] = [
      [60, 10],
      [60, 10],
      [90, 16],
    ];
    // 90 x 16 / 50; and 600, 600 and 1440 are 880 on average, over 50.
    expect(desiredAfter(growing, { capacity: { min: 1, max: 50, desired: 10 } })).toBe(29);
    expect(desiredAfter(growing, average)).toBe(18);
  });

  test('the count of now where that of one datapoint is not known', () => {
    const unknown: readonly Point[] = [[60, 20], [60], [90, 20]];
    expect(desiredAfter(unknown, average)).toBe(14);
  });

  test('nothing but zeros, which need the minimum', () => {
    const idle: readonly Point[] = Array.from({ length: 15 }, () => [0, 10] as const);
    expect(
      desiredAfter(idle, { assumptions: { trackedValue: 'average', scaleInSteps: 'proportional' } }),
    ).toBe(1);
  });
});
