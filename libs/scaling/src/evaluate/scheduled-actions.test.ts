import { describe, expect, test } from '@jest/globals';
import { environmentWith } from '../../test/scenario.ts';
import { planScaling } from '../plan/plan-scaling.ts';
import { boundsBy } from './scheduled-actions.ts';

const startedAt = new Date('2026-01-01T00:00:00Z');
const scheduled = { type: 'scheduled' } as const;
const environment = environmentWith([
  { ...scheduled, name: 'start', schedule: 'at(2026-01-01T00:00:00)', maxCapacity: 15 },
  { ...scheduled, name: 'later', schedule: 'at(2026-01-01T00:10:00)', minCapacity: 5 },
]);

describe('the bounds that scheduled actions have left', () => {
  test.each([
    [-1, { min: 1, max: 20 }],
    [0, { min: 1, max: 15 }],
    [599, { min: 1, max: 15 }],
    [600, { min: 5, max: 15 }],
  ])('by second %d are those of the actions until then', (seconds, bounds) => {
    expect(boundsBy(planScaling(environment, { startedAt }), seconds)).toEqual(bounds);
  });

  test('are those of the description where scheduled scaling is suspended', () => {
    const suspendedState = { ...environment.scaling.suspendedState, scheduledScalingSuspended: true };
    const suspended = { ...environment, scaling: { ...environment.scaling, suspendedState } };
    expect(boundsBy(planScaling(suspended, { startedAt }), 600)).toEqual({ min: 1, max: 20 });
  });

  test('are those of the description without an action', () => {
    expect(boundsBy(planScaling(environmentWith([])), 600)).toEqual({ min: 1, max: 20 });
  });
});
