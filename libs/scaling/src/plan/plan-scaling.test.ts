import { describe, expect, test } from '@jest/globals';
import { environmentWith, trackCpu } from '../../test/scenario.ts';
import { planScaling } from './plan-scaling.ts';

const step = {
  type: 'step',
  name: 'step',
  metric: { kind: 'response-time' },
  alarm: { comparison: 'GreaterThanThreshold', threshold: 500 },
  steps: [
    { lowerBound: 0, upperBound: 1500, adjustment: 1 },
    { lowerBound: 1500, upperBound: null, adjustment: 3 },
  ],
  cooldownSeconds: 90,
} as const;

describe('a plan', () => {
  test('has each policy with its place, its metric and all of its alarms', () => {
    const plan = planScaling(environmentWith([trackCpu(), { ...step, steps: [...step.steps] }]));
    const [tracking, stepping] = plan.policies;
    expect([tracking?.index, stepping?.index]).toEqual([0, 1]);
    expect(plan.alarms.map(({ index, comparison }) => [index, comparison])).toEqual([
      [0, '>'],
      [1, '<'],
      [2, '>'],
    ]);
    expect(tracking?.alarms).toEqual(plan.alarms.slice(0, 2));
    expect(stepping?.alarms).toEqual(plan.alarms.slice(2));
    expect(plan.metrics.map(({ alarms }) => alarms.length)).toEqual([2, 1]);
  });

  test('has steps and thresholds in the unit of the metric', () => {
    const plan = planScaling(environmentWith([{ ...step, steps: [...step.steps] }]));
    expect(plan.policies[0]).toMatchObject({
      type: 'step',
      target: null,
      alarm: { threshold: 0.5 },
      steps: [
        { lowerBound: 0, upperBound: 1.5, adjustment: 1 },
        { lowerBound: 1.5, upperBound: null, adjustment: 3 },
      ],
      scaleOutCooldownSeconds: 90,
      scaleInCooldownSeconds: 90,
    });
  });

  test('has one alarm for a policy that never scales in', () => {
    const plan = planScaling(environmentWith([trackCpu({ scaleInEnabled: false })]));
    expect(plan.policies[0]).toMatchObject({ lowAlarm: null, alarms: [{ comparison: '>' }] });
    expect(plan.alarms).toHaveLength(1);
  });

  test('begins on 1 January 2026 where it is told of no other day', () => {
    const action = {
      type: 'scheduled',
      name: 'up',
      schedule: 'at(2026-01-01T00:05:00)',
      minCapacity: 2,
    } as const;
    const [planned] = planScaling(environmentWith([action])).scheduledActions;
    expect(planned).toMatchObject({ name: 'up', minCapacity: 2, maxCapacity: null });
    expect(planned?.schedule.nextAfterSeconds(-1)).toBe(300);
  });
});
