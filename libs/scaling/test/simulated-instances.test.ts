import { describe, expect, test } from '@jest/globals';
import { environmentOn } from '@tideline/config/testing';
import { type Simulation, simulate } from '../src/index.ts';

type Over = NonNullable<Parameters<typeof environmentOn<'ecs-ec2'>>[1]>;

const instanceStartSeconds = 60;
const taskStartSeconds = 20;
const lagSeconds = 30;

/** Four tasks from minute 10 to minute 20, by schedule; one else, or as the capacity has it. */
const hosted = (over: Over = {}) =>
  environmentOn('ecs-ec2', {
    capacity: { min: 1, max: 4, desired: 1 },
    scaling: {
      policies: [
        { type: 'scheduled', name: 'out', schedule: 'at(2026-01-01T00:10:00)', minCapacity: 4 },
        {
          type: 'scheduled',
          name: 'in',
          schedule: 'at(2026-01-01T00:20:00)',
          minCapacity: 0,
          maxCapacity: 0,
        },
      ],
    },
    assumptions: {
      metricLagSeconds: lagSeconds,
      instanceStartSeconds: { min: instanceStartSeconds, max: instanceStartSeconds },
      taskStartSeconds: { min: taskStartSeconds, max: taskStartSeconds },
    },
    ...over,
    compute: { taskPerInstance: true, instances: { min: 1, max: 9 }, ...over.compute },
  });

const hour = { stepSeconds: 3600, requestsPerSecond: [0] };

/** Each change of a count: the second, and the new one. */
function changes(simulation: Simulation, count: 'instances' | 'running' | 'desired') {
  const steps: (readonly [number, number])[] = [];
  for (const point of simulation.points)
    if (point[count] !== steps.at(-1)?.[1]) steps.push([point.seconds, point[count]]);
  return steps;
}

describe('simulated instances of a capacity provider', () => {
  test('follow the tasks that wait, boot, and linger until they have been empty for fifteen minutes', () => {
    const simulation = simulate(hour, hosted());
    // Decided when the datapoint of the minute in which the tasks began to wait is visible.
    const launched = 600 + 60 + lagSeconds;
    expect(changes(simulation, 'running')).toEqual([
      [0, 1],
      [launched + instanceStartSeconds + taskStartSeconds, 4],
      [1200, 0],
    ]);
    // Fifteen minutes from 1200 on; then half of them a minute, but for the smallest number.
    const empty = 1200 + 15 * 60 + lagSeconds;
    expect(changes(simulation, 'instances')).toEqual([
      [0, 1],
      [launched, 4],
      [empty, 2],
      [empty + 60, 1],
    ]);
    expect(simulation.instanceSeconds).toBe(launched + 4 * (empty - launched) + 2 * 60 + (3600 - empty - 60));
  });

  test('are two at first where there are none, and no more until these are warm', () => {
    const environment = hosted({
      capacity: { min: 0, max: 4, desired: 0 },
      compute: { instances: { min: 0, max: 9 }, instanceWarmupSeconds: 240 },
    });
    const launched = 600 + 60 + lagSeconds;
    expect(changes(simulate(hour, environment), 'instances').slice(0, 3)).toEqual([
      [0, 0],
      [launched, 2],
      [launched + 240, 4],
    ]);
  });

  test('are launched in no smaller and no larger steps than the description allows', () => {
    const sizes = (compute: NonNullable<Over['compute']>) =>
      changes(simulate(hour, hosted({ compute })), 'instances')
        .slice(0, 3)
        .map(([, count]) => count);
    expect(sizes({ minimumScalingStepSize: 6 })).toEqual([1, 7, 4]);
    expect(sizes({ maximumScalingStepSize: 2, instanceWarmupSeconds: 120 })).toEqual([1, 3, 4]);
  });

  test('are packed before there are more of them', () => {
    const environment = hosted({ compute: { taskPerInstance: false, instances: { min: 1, max: 9 } } });
    const simulation = simulate(hour, environment);
    expect(changes(simulation, 'running')[1]).toEqual([600 + taskStartSeconds, 3]);
    expect(changes(simulation, 'instances')[1]?.[1]).toBe(2);
  });

  test('are none on Fargate', () => {
    const simulation = simulate(hour, environmentOn('fargate'));
    expect(simulation.instanceSeconds).toBe(0);
    expect(simulation.taskSeconds).toBe(3600);
  });
});

test('instances of a group are billed from their launch, before they serve', () => {
  const environment = environmentOn('ec2-asg', {
    capacity: { min: 1, max: 3, desired: 1 },
    scaling: {
      policies: [{ type: 'scheduled', name: 'out', schedule: 'at(2026-01-01T00:10:00)', minCapacity: 3 }],
    },
    assumptions: { instanceStartSeconds: { min: 60, max: 60 } },
  });
  const simulation = simulate(hour, environment);
  expect(simulation.taskSeconds).toBe(3600 + 2 * (3000 - 60));
  expect(simulation.instanceSeconds).toBe(3600 + 2 * 3000);
});

test('instances that are protected from scale-in stay in the simulation when desired capacity falls', () => {
  const policies = [
    {
      type: 'scheduled' as const,
      name: 'in',
      schedule: 'at(2026-01-01T00:10:00)',
      minCapacity: 1,
      maxCapacity: 1,
    },
  ];
  const of = (protectFromScaleIn: boolean) =>
    simulate(
      hour,
      environmentOn('ec2-asg', {
        capacity: { min: 3, max: 3, desired: 3 },
        scaling: { policies },
        compute: { protectFromScaleIn },
      }),
    );
  expect(of(false)).toMatchObject({ finalDesired: 1, finalRunning: 1 });
  expect(of(true)).toMatchObject({ finalDesired: 1, finalRunning: 3, instanceSeconds: 3 * 3600 });
});

describe('fewer tasks on simulated instances', () => {
  /** Four tasks at minute 10; then fewer, some seconds later. */
  const fewer = (time: string, capacity: number, over: Over = {}) =>
    hosted({
      scaling: {
        policies: [
          { type: 'scheduled', name: 'out', schedule: 'at(2026-01-01T00:10:00)', minCapacity: 4 },
          {
            type: 'scheduled',
            name: 'in',
            schedule: `at(2026-01-01T${time})`,
            minCapacity: 0,
            maxCapacity: capacity,
          },
        ],
      },
      ...over,
    });

  test('give up those that wait first', () => {
    const simulation = simulate(hour, fewer('00:10:30', 2));
    const launched = 600 + 60 + lagSeconds;
    expect(changes(simulation, 'instances').slice(0, 2)).toEqual([
      [0, 1],
      [launched, 2],
    ]);
    expect(changes(simulation, 'running')).toEqual([
      [0, 1],
      [launched + instanceStartSeconds + taskStartSeconds, 2],
    ]);
  });

  test('give up those that start before those that run', () => {
    const compute = { instances: { min: 4, max: 9 } };
    const simulation = simulate(hour, fewer('00:10:10', 2, { compute }));
    expect(changes(simulation, 'running')).toEqual([
      [0, 1],
      [600 + taskStartSeconds, 2],
    ]);
  });

  test('start for a time between the least and the most', () => {
    const environment = hosted({ compute: { instances: { min: 4, max: 9 } } });
    const assumptions = { ...environment.assumptions, taskStartSeconds: { min: 10, max: 50 } };
    const starts = changes(simulate(hour, { ...environment, assumptions }), 'running').slice(1, 4);
    expect(starts.map(([, running]) => running)).toEqual([2, 3, 4]);
    for (const [seconds] of starts) {
      expect(seconds).toBeGreaterThanOrEqual(610);
      expect(seconds).toBeLessThan(650);
    }
  });
});
