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
