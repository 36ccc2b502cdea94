import { describe, expect, test } from '@jest/globals';
import { environmentOn } from '@tideline/config/testing';
import { evaluateScaling, initialScalingState, planManagedScaling } from '../src/index.ts';

describe('managed scaling says', () => {
  const managing = (
    percent: number,
    {
      instances,
      warming = 0,
      minutes,
    }: { readonly instances: number; readonly warming?: number; readonly minutes: number },
  ) => {
    const environment = environmentOn('ecs-ec2', {
      compute: { instances: { min: 0, max: 9 } },
      assumptions: { metricLagSeconds: 0 },
    });
    const plan = planManagedScaling(environment, environment.compute);
    const datapoints = Array.from({ length: minutes }, (_, index) => ({
      startSeconds: index * 60,
      value: percent,
    }));
    let state = initialScalingState(plan);
    for (let minute = 1; ; minute += 1) {
      const outcome = evaluateScaling(plan, state, {
        nowSeconds: minute * 60,
        running: instances,
        desired: instances,
        warmup: { warm: instances - warming, warming },
        deploymentInProgress: false,
        datapoints: () => datapoints.slice(0, minute),
      });
      state = outcome.state;
      if (minute === minutes) return outcome.decisions;
    }
  };
  const cause = (end: 'High' | 'Low') =>
    expect.stringMatching(
      new RegExp(`^monitor alarm TargetTracking-.*-Alarm${end}-.* triggered policy ECSManaged`),
    );

  test('what it launched', () => {
    expect(managing(150, { instances: 2, minutes: 1 })).toMatchObject([
      {
        outcome: 'scaled',
        from: 2,
        to: 3,
        cause: cause('High'),
        reason:
          'CapacityProviderReservation is 150 against a target of 100: 2 instances then; asks for 3; from 2 to 3 instances',
      },
    ]);
    expect(managing(200, { instances: 0, minutes: 1 })).toMatchObject([
      {
        to: 2,
        reason:
          'CapacityProviderReservation is 200 against a target of 100: a group without instances begins with 2; from 0 to 2 instances',
      },
    ]);
  });

  test('what it waits for', () => {
    expect(managing(200, { instances: 4, warming: 2, minutes: 1 })).toMatchObject([
      {
        outcome: 'not-scaled',
        to: 4,
        reason:
          'CapacityProviderReservation is 200 against a target of 100: nothing is launched while 2 of 4 instances warm up',
      },
    ]);
  });

  test('what it gave up, below 90 and not at it', () => {
    expect(managing(25, { instances: 4, minutes: 15 })).toMatchObject([
      {
        outcome: 'scaled',
        from: 4,
        to: 2,
        cause: cause('Low'),
        reason:
          'CapacityProviderReservation is 25 against a low threshold of 90: at most 2 of 4 instances go in a minute; from 4 to 2 instances',
      },
    ]);
    expect(managing(89.9, { instances: 4, minutes: 15 })).toMatchObject([{ outcome: 'not-scaled', to: 4 }]);
    expect(managing(90, { instances: 4, minutes: 15 })).toEqual([]);
  });
});
