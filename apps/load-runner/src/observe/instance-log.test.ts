import { describe, expect, test } from '@jest/globals';
import { observationAt } from '../../test/observation.ts';
import { InstanceLog } from './instance-log.ts';

const seen = (cloudSeconds: number, desired: number, active: number) =>
  observationAt(cloudSeconds, {
    capacityProvider: {
      name: 'provider',
      capacity: { min: 1, max: 3 },
      instances: { desired, registering: 0, active, draining: 0 },
      waitingTasks: 0,
      policies: [],
      activities: [],
    },
  });

describe('the log of instances', () => {
  test('keeps a point for each change of the counts, and the latest', () => {
    const log = new InstanceLog();
    for (const observation of [seen(1, 1, 1), seen(2, 1, 1), seen(3, 2, 1), seen(4, 2, 2), seen(5, 2, 2)])
      log.add(observation);
    expect(log.timeline()).toEqual([
      { cloudSeconds: 1, desired: 1, active: 1 },
      { cloudSeconds: 3, desired: 2, active: 1 },
      { cloudSeconds: 4, desired: 2, active: 2 },
      { cloudSeconds: 5, desired: 2, active: 2 },
    ]);
  });

  test('is empty where tasks have no instances of their own', () => {
    const log = new InstanceLog();
    log.add(observationAt(1));
    expect(log.timeline()).toEqual([]);
  });
});
