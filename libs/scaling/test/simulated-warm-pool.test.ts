import { describe, expect, test } from '@jest/globals';
import { environmentOn } from '@tideline/config/testing';
import { simulate } from '../src/index.ts';
import { SimulatedWarmPool } from '../src/simulate/simulated-warm-pool.ts';
import { createSimulatedFleet } from '../src/simulate/create-simulated-fleet.ts';

type Compute = NonNullable<NonNullable<Parameters<typeof environmentOn<'ec2-asg'>>[1]>['compute']>;

const coldSeconds = 100;
const warmSeconds = 20;
const drainSeconds = 60;

/** Two instances, six from minute 10 to minute 40. */
const group = (warmPool: Compute['warmPool'], over: Omit<Compute, 'warmPool'> = {}) =>
  environmentOn('ec2-asg', {
    capacity: { min: 2, max: 8, desired: 2 },
    loadBalancer: { deregistrationDelaySeconds: drainSeconds },
    scaling: {
      policies: [
        { type: 'scheduled', name: 'out', schedule: 'at(2026-01-01T00:10:00)', minCapacity: 6 },
        {
          ...{ type: 'scheduled', name: 'in', schedule: 'at(2026-01-01T00:40:00)' },
          ...{ minCapacity: 2, maxCapacity: 2 },
        } as const,
      ],
    },
    assumptions: {
      instanceStartSeconds: { min: coldSeconds, max: coldSeconds },
      warmStartSeconds: { min: warmSeconds, max: warmSeconds },
    },
    compute: { warmupSeconds: 0, warmPool, ...over },
  });

const run = (...described: Parameters<typeof group>) =>
  simulate({ stepSeconds: 3600, requestsPerSecond: [0] }, group(...described), {
    sampleEverySeconds: Infinity,
  });

/** Changes of one count, each with its second. */
function changes(simulation: ReturnType<typeof run>, count: 'running' | 'instances' | 'stopped') {
  const steps: (readonly [number, number])[] = [];
  for (const point of simulation.points)
    if (point[count] !== steps.at(-1)?.[1]) steps.push([point.seconds, point[count]]);
  return steps;
}

describe('a simulated warm pool', () => {
  test('is what a launch takes from first, sooner in service, and costs volumes while it is stopped', () => {
    const simulation = run({});
    expect(changes(simulation, 'running')).toEqual([
      [0, 2],
      [600 + warmSeconds, 6],
      [2400, 2],
    ]);
    // Six wait at two of eight, two at six of eight; at two of two, which the second action makes of it, none.
    expect(changes(simulation, 'stopped')).toEqual([
      [0, 6],
      [600, 2],
      [2400, 0],
    ]);
    expect(simulation.stoppedInstanceSeconds).toBe(6 * 600 + 2 * 1800);
    expect(simulation.instanceSeconds).toBe(2 * 600 + 6 * 1800 + 2 * 1200);
  });

  test('that is depleted leaves the rest to cold starts, and fills up to its minimum', () => {
    const simulation = run({ minSize: 1, maxGroupPreparedCapacity: 1 });
    expect(changes(simulation, 'running')).toEqual([
      [0, 2],
      [600 + warmSeconds, 3],
      [600 + coldSeconds, 6],
      [2400, 2],
    ]);
    expect(changes(simulation, 'stopped')).toEqual([
      [0, 1],
      [600, 0],
      [600 + coldSeconds, 1],
    ]);
  });

  test('of running instances is in service within one look at its group, and is billed in full', () => {
    const simulation = run({ poolState: 'Running' });
    expect(changes(simulation, 'running')[1]).toEqual([605, 6]);
    expect(simulation.stoppedInstanceSeconds).toBe(0);
    expect(changes(simulation, 'instances')).toEqual([
      [0, 8],
      [2400, 2],
    ]);
  });

  test('that is full ends what a scale-in gives up, though it may be used again', () => {
    const simulation = run({
      ...{ minSize: 4, maxGroupPreparedCapacity: 4 },
      instanceReusePolicy: { reuseOnScaleIn: true },
    });
    expect(changes(simulation, 'stopped')).toEqual([
      [0, 4],
      [600, 0],
      [600 + coldSeconds, 4],
    ]);
    expect(simulation.finalRunning).toBe(2);
  });
});

describe('the fleet of a group with a warm pool', () => {
  const fleetOf = (reuseOnScaleIn: boolean) =>
    createSimulatedFleet(group({ instanceReusePolicy: { reuseOnScaleIn } }, { warmupSeconds: 300 }), 1);

  test.each([
    ['launched anew', false, coldSeconds],
    ['drained and stopped', true, drainSeconds],
  ])('fills its pool after a scale-in with instances that are %s', (_how, reuse, seconds) => {
    const fleet = fleetOf(reuse);
    fleet.setDesired(6, 0);
    fleet.advance(warmSeconds);
    expect([fleet.running, fleet.stopped]).toEqual([6, 2]);
    fleet.setDesired(3, 1000);
    expect([fleet.running, fleet.instances, fleet.stopped]).toEqual([3, 6, 2]);
    expect(fleet.nextChangeSeconds).toBeLessThanOrEqual(1000 + seconds);
    fleet.advance(1000 + seconds - 1);
    expect(fleet.stopped).toBe(2);
    fleet.advance(1000 + seconds);
    expect([fleet.instances, fleet.stopped]).toEqual([3, 5]);
  });

  test('counts the metrics of an instance a warm-up after its application answers', () => {
    const fleet = fleetOf(false);
    fleet.setDesired(3, 0);
    fleet.advance(warmSeconds + 299);
    expect([fleet.running, fleet.measured]).toEqual([3, 2]);
    fleet.advance(warmSeconds + 300);
    expect(fleet.measured).toBe(3);
  });

  test('follows a maximum that a scheduled action moves', () => {
    const fleet = fleetOf(false);
    fleet.setMaximum?.(9, 0);
    fleet.advance(coldSeconds);
    expect(fleet.stopped).toBe(7);
    fleet.setMaximum?.(4, coldSeconds);
    expect(fleet.stopped).toBe(2);
  });
});

test('an instance that is launched into the pool may be ready before one that drains longer', () => {
  const { warmPool } = group({}).compute;
  if (warmPool === null) throw new Error('the group has a warm pool');
  const pool = new SimulatedWarmPool({ warmPool, desired: 2, max: 5, startSeconds: () => 50 });
  while (pool.take());
  pool.give(1300);
  pool.follow({ desired: 2, max: 5 }, 1000);
  expect(pool.nextChangeSeconds).toBe(1050);
  pool.advance(1050);
  expect([pool.nextChangeSeconds, pool.stopped]).toEqual([1300, 2]);
});

test('a maximum that falls makes the pool smaller, and that is a point of the simulation', () => {
  const environment = environmentOn('ec2-asg', {
    capacity: { min: 2, max: 8, desired: 2 },
    scaling: {
      policies: [{ type: 'scheduled', name: 'less', schedule: 'at(2026-01-01T00:10:00)', maxCapacity: 4 }],
    },
    compute: { warmPool: {} },
  });
  const load = { stepSeconds: 3600, requestsPerSecond: [0] };
  const startedAt = new Date('2026-01-01T00:00:00Z');
  const simulation = simulate(load, environment, { sampleEverySeconds: Infinity, startedAt });
  expect(changes(simulation, 'stopped')).toEqual([
    [0, 6],
    [600, 2],
  ]);
});

test('a group that is asked for what runs gives nothing to its pool', () => {
  const reuse = { instanceReusePolicy: { reuseOnScaleIn: true } } as const;
  const fleet = createSimulatedFleet(group(reuse), 1);
  fleet.setDesired(4, 1000);
  fleet.setDesired(2, 1001);
  // Two that were launched are given up, and two others launched into the pool.
  expect(fleet.nextChangeSeconds).toBe(1001 + coldSeconds);
});
