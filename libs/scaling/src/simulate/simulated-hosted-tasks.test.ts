import { describe, expect, test } from '@jest/globals';
import { environmentOn } from '@tideline/config/testing';
import { SimulatedHostedTasks } from './simulated-hosted-tasks.ts';

/** One task, with room for three more, each of which starts in 20 to 60 s. */
function tasks(seed: number, startSeconds = { min: 20, max: 60 }) {
  const environment = environmentOn('ecs-ec2', {
    capacity: { min: 1, max: 4, desired: 1 },
    compute: { taskPerInstance: true, instances: { min: 4, max: 9 } },
    assumptions: { taskStartSeconds: startSeconds },
  });
  return new SimulatedHostedTasks(environment.compute, environment, seed);
}

describe('fewer simulated tasks on instances', () => {
  test('give up those that do not run yet first, whichever was placed last', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const fleet = tasks(seed);
      fleet.setDesired(4, 0);
      fleet.advance(40);
      const { running } = fleet;
      fleet.setDesired(3, 40);
      expect(fleet.running).toBe(Math.min(running, 3));
      fleet.advance(60);
      expect(fleet.running).toBe(3);
    }
  });

  test('count a task as running from the second on at which it does', () => {
    const fleet = tasks(1, { min: 20, max: 20 });
    fleet.setDesired(2, 100);
    fleet.advance(120);
    expect(fleet.running).toBe(2);
    fleet.setDesired(1, 120);
    expect(fleet.running).toBe(1);
  });
});

test('a running task too many is the newest of the fullest zone, not the newest of all', () => {
  // Two tasks an instance; of the first three instances two are in one zone, so that the fourth comes into the other one.
  const environment = environmentOn('ecs-ec2', {
    availabilityZones: ['a', 'b'],
    capacity: { min: 1, max: 8, desired: 6 },
    compute: { instanceType: 't3.small', cpuUnits: 1024, memoryMiB: 256, instances: { min: 3, max: 4 } },
    assumptions: { taskStartSeconds: { min: 20, max: 20 } },
  });
  const fleet = new SimulatedHostedTasks(environment.compute, environment, 1);
  fleet.setDesired(7, 0);
  let seconds = 0;
  const goOnTo = (end: number): void => {
    for (let change = 0; seconds < end && change < 1000; change += 1) {
      fleet.advance(seconds);
      seconds = fleet.nextChangeSeconds;
    }
  };
  goOnTo(600);
  expect([fleet.running, fleet.instances]).toEqual([7, 4]);
  fleet.setDesired(6, seconds);
  goOnTo(4200);
  // The newest of all has an instance to itself, which would be empty and go.
  expect([fleet.running, fleet.instances]).toEqual([6, 4]);
});

test('of two that do not run yet, the one in the fuller zone is given up', () => {
  const environment = environmentOn('ecs-ec2', {
    availabilityZones: ['a', 'b'],
    capacity: { min: 1, max: 3, desired: 1 },
    compute: { taskPerInstance: true, instances: { min: 3, max: 3 } },
    assumptions: { taskStartSeconds: { min: 20, max: 60 } },
  });
  const startOf = (seed: number, counts: readonly number[]): number => {
    const fleet = new SimulatedHostedTasks(environment.compute, environment, seed);
    for (const count of counts) fleet.setDesired(count, 0);
    return fleet.nextChangeSeconds;
  };
  // The second task is alone in its zone, the third one shares that of the first.
  for (let seed = 1; seed <= 20; seed += 1) expect(startOf(seed, [3, 2])).toBe(startOf(seed, [2]));
});
