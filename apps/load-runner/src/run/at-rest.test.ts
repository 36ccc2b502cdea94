import { describe, expect, test } from '@jest/globals';
import { observationAt, policyWith } from '../../test/observation.ts';
import { atRest } from './at-rest.ts';

describe('at rest', () => {
  const rests = atRest(2, null);

  test('a service at its minimum with a quiet high alarm rests, even while the low alarm is in ALARM', () => {
    expect(rests(observationAt(0, { policies: [policyWith('OK', 'ALARM')] }))).toBe(true);
  });

  test('a high alarm that would raise it again is no rest', () => {
    expect(rests(observationAt(0, { policies: [policyWith('ALARM', 'OK')] }))).toBe(false);
  });

  test.each([{ desired: 3 }, { running: 3 }, { healthy: 1 }])('counts of %j are no rest', (service) => {
    expect(rests(observationAt(0, { service }))).toBe(false);
  });

  test('instances that have not come back are no rest', () => {
    const restsOnOne = atRest(2, { atLeast: 1, atMost: 1 });
    const onInstances = (active: number, desired: number, draining = 0) =>
      observationAt(0, {
        capacityProvider: {
          name: 'provider',
          capacity: { min: 1, max: 3 },
          instances: { desired, registering: 0, active, draining },
          waitingTasks: 0,
          policies: [],
          activities: [],
        },
      });
    expect(restsOnOne(onInstances(1, 1))).toBe(true);
    expect(restsOnOne(onInstances(2, 2))).toBe(false);
    expect(restsOnOne(onInstances(2, 1))).toBe(false);
    expect(restsOnOne(onInstances(1, 1, 1))).toBe(false);
    expect(restsOnOne(observationAt(0))).toBe(true);
  });

  test('a scaling activity that is under way is no rest', () => {
    const activity = { cloudSeconds: 0, from: 3, to: 2, policy: 'cpu', cause: 'low' };
    const activityThatIs = (status: 'InProgress' | 'Successful') =>
      observationAt(0, { activities: [{ ...activity, status }] });
    expect(rests(activityThatIs('InProgress'))).toBe(false);
    expect(rests(activityThatIs('Successful'))).toBe(true);
  });
});
