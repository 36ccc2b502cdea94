import { describe, expect, test } from '@jest/globals';
import { environmentOn } from '@tideline/config/testing';
import { SimulatedManagedScaling } from './simulated-managed-scaling.ts';

const instances = 10;

interface Load {
  readonly lagMinutes: number;
  readonly minutes: number;
  /** Instances with tasks, minute by minute. */
  readonly occupied?: (minute: number) => number;
  /** Tasks that wait. */
  readonly waiting?: (minute: number) => number;
}

/** The minutes after which ten instances are to be more or fewer. */
function changes({ lagMinutes, minutes, occupied = () => instances, waiting = () => 0 }: Load) {
  const environment = environmentOn('ecs-ec2', {
    compute: { taskPerInstance: true, instances: { min: 1, max: 100 } },
    assumptions: { metricLagSeconds: lagMinutes * 60 },
  });
  const managed = new SimulatedManagedScaling(environment, environment.compute);
  const changed: number[] = [];
  for (let minute = 1; minute <= minutes; minute += 1) {
    const desired = managed.follow(minute * 60, {
      running: instances,
      occupied: occupied(minute),
      waiting: waiting(minute),
      desired: instances,
      warming: 0,
    });
    if (desired !== instances) changed.push(minute);
  }
  return changed;
}

describe('managed scaling of simulated instances', () => {
  test('answers a single minute in which tasks waited, though all since was calm when its datapoint came', () => {
    for (let lagMinutes = 0; lagMinutes <= 10; lagMinutes += 1)
      for (const spike of [1, 30, 100])
        expect(
          changes({ lagMinutes, minutes: spike + 60, waiting: (minute) => (minute === spike ? 5 : 0) }),
        ).toEqual([spike + lagMinutes]);
  });

  test('gives instances up after fifteen minutes half empty, however long it has run', () => {
    const lagMinutes = 10;
    for (let calm = 0; calm <= 500; calm += 1)
      expect(
        changes({
          lagMinutes,
          minutes: calm + 26,
          occupied: (minute) => (minute > calm ? instances / 2 : instances),
        })[0],
      ).toBe(calm + 15 + lagMinutes);
  });
});
