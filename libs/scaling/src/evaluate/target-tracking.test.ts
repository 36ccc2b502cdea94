import { describe, expect, test } from '@jest/globals';
import { environmentWith, trackCpu } from '../../test/scenario.ts';
import { planScaling } from '../plan/plan-scaling.ts';
import { evaluateScaling } from './evaluate-scaling.ts';
import type { ScalingInput } from './scaling-decision.ts';
import { initialScalingState } from './scaling-state.ts';
import { proportionalCapacity } from './target-tracking.ts';

test('a need of one and a half more tasks adds two', () => {
  expect(proportionalCapacity(3, 75, 50)).toBe(5);
});

test('a surplus of one and a half tasks removes one', () => {
  expect(proportionalCapacity(3, 25, 50)).toBe(2);
});

test('a metric at a whole multiple of the target adds no task for rounding', () => {
  expect(proportionalCapacity(3, 0.1 * 3, 0.3)).toBe(3);
  expect(proportionalCapacity(10, 70, 70)).toBe(10);
});

test('full CPU multiplies tasks by 100 / target at most', () => {
  expect(proportionalCapacity(4, 100, 60)).toBe(7);
});

/** What becomes of `desired` after minutes of one CPU utilisation, in percent of instances, measured over `measured` of them. */
function desiredAfter(
  [minutes, value, measured]: readonly [minutes: number, value: number, measured: number],
  input: Pick<ScalingInput, 'desired' | 'running' | 'warmup'>,
  rest: Parameters<typeof environmentWith>[1] = {},
): number {
  const plan = planScaling(environmentWith([trackCpu()], { compute: { kind: 'ec2-asg' }, ...rest }));
  const datapoints = Array.from({ length: minutes }, (_, minute) => ({
    ...{ startSeconds: minute * 60, value, running: measured },
  }));
  return evaluateScaling(plan, initialScalingState(plan), {
    ...{ ...input, nowSeconds: minutes * 60, deploymentInProgress: false },
    datapoints: () => datapoints,
  }).desired;
}

describe('a scale-out for 75 % against a target of 50 %', () => {
  const of = (measured: number) => [3, 75, measured] as const;
  const measuredOnly = { assumptions: { warmingInstances: 'measured' } } as const;
  const now = { assumptions: { neededCount: 'now' } } as const;

  test.each([
    [
      'of 12 that served asks for 18, and 10 warm ones with 5 on their way are enough',
      { measured: 12, warmup: { warm: 10, warming: 5 }, desired: 15, expected: 15 },
    ],
    [
      'of 10 that served asks for 15, however many are warm now',
      { measured: 10, warmup: { warm: 12, warming: 2 }, desired: 14, expected: 15 },
    ],
    [
      'of 12 that served asks for 18 where none warms up',
      { measured: 12, warmup: { warm: 10, warming: 0 }, desired: 11, expected: 18 },
    ],
  ])('%s', (_, { measured, warmup, desired, expected }) => {
    expect(desiredAfter(of(measured), { desired, running: 12, warmup })).toBe(expected);
  });

  test.each([
    ['credits those that warm up', now, 15],
    [
      'takes all that run where it is to',
      { assumptions: { ...now.assumptions, ...measuredOnly.assumptions } },
      18,
    ],
    ['takes all that served where it is to', measuredOnly, 18],
  ] as const)('of 12 that run, 10 of them warm, %s', (_, rest, expected) => {
    const input = { desired: 15, running: 12, warmup: { warm: 10, warming: 5 } };
    expect(desiredAfter(of(12), input, rest)).toBe(expected);
  });
});

test.each([
  ['is declined at the maximum, as 44 % of 5 are 55 % of 4', 5, 5],
  ['from above the maximum comes to it all the same, as the maximum is the law', 6, 5],
])('a scale-in after which the metric would be above its target %s', (_, desired, expected) => {
  const capacity = { min: 1, max: 5, desired: 5 };
  const input = { desired, running: desired, warmup: null };
  expect(desiredAfter([15, 44, desired], input, { capacity })).toBe(expected);
});
