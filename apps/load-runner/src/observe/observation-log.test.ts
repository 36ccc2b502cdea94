import { describe, expect, test } from '@jest/globals';
import { observationAt } from '../../test/observation.ts';
import { ObservationLog } from './observation-log.ts';

describe('observation log', () => {
  test('the timeline has a point for every change and one for the latest look', () => {
    const log = new ObservationLog();
    log.add(observationAt(0));
    log.add(observationAt(10));
    log.add(observationAt(20, { service: { desired: 6 } }));
    log.add(observationAt(30, { service: { desired: 6, running: 6 } }));
    log.add(observationAt(40, { service: { desired: 6, running: 6 } }));
    expect(log.timeline()).toEqual([
      { cloudSeconds: 0, desired: 2, running: 2, healthy: 2 },
      { cloudSeconds: 20, desired: 6, running: 2, healthy: 2 },
      { cloudSeconds: 30, desired: 6, running: 6, healthy: 2 },
      { cloudSeconds: 40, desired: 6, running: 6, healthy: 2 },
    ]);
    expect(log.peakRunning).toBe(6);
  });

  test('speeds are kept from when each was first seen', () => {
    const log = new ObservationLog();
    for (const [at, speed] of [
      [0, 1],
      [5, 1],
      [9, 120],
      [20, 120],
    ] as const)
      log.add(observationAt(at, { speed }));
    expect(log.speeds).toEqual([
      { fromCloudSeconds: 0, speed: 1 },
      { fromCloudSeconds: 9, speed: 120 },
    ]);
  });

  test('an observation that arrives out of order is ignored', () => {
    const log = new ObservationLog();
    log.add(observationAt(10));
    log.add(observationAt(5, { service: { running: 9 } }));
    expect(log.peakRunning).toBe(2);
    expect(log.latest?.cloudSeconds).toBe(10);
  });

  test('what faults had cost before the first look is not the run’s', () => {
    const log = new ObservationLog();
    const cost = { fault: 'task-exit', onPurpose: true } as const;
    log.add(observationAt(0, { faultCosts: [{ ...cost, targets: 1, lost: { 'http-502': 7 } }] }));
    expect(log.faultCosts()).toEqual([]);
    log.add(observationAt(9, { faultCosts: [{ ...cost, targets: 3, lost: { 'http-502': 9 } }] }));
    expect(log.faultCosts()).toEqual([{ ...cost, targets: 2, lost: { 'http-502': 2 } }]);
  });

  test('where nobody counts what faults cost, nothing is said of it', () => {
    const log = new ObservationLog();
    log.add(observationAt(0));
    expect(log.faultCosts()).toBeUndefined();
  });

  test('before the first look there is nothing', () => {
    expect(new ObservationLog().timeline()).toEqual([]);
    expect(new ObservationLog().latest).toBeNull();
  });
});

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
    const log = new ObservationLog();
    for (const observation of [seen(1, 1, 1), seen(2, 1, 1), seen(3, 2, 1), seen(4, 2, 2), seen(5, 2, 2)])
      log.add(observation);
    expect(log.instances.timeline()).toEqual([
      { cloudSeconds: 1, desired: 1, active: 1 },
      { cloudSeconds: 3, desired: 2, active: 1 },
      { cloudSeconds: 4, desired: 2, active: 2 },
      { cloudSeconds: 5, desired: 2, active: 2 },
    ]);
  });

  test('is empty where tasks have no instances of their own', () => {
    const log = new ObservationLog();
    log.add(observationAt(1));
    expect(log.instances.timeline()).toEqual([]);
  });
});
