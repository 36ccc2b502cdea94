import type { Activity } from '@aws-sdk/client-auto-scaling';
import { describe, expect, test } from '@jest/globals';
import { at, launch as instance } from '../../../test/fake-aws.ts';
import { groupActivities, groupEvents } from './group-activities.ts';

const scope = { toCloudSeconds: (moment: Date) => (moment.getTime() - at(0).getTime()) / 1000 };
const launch = (changes: Partial<Activity>): Activity => ({ ...instance, ...changes });

describe('activities of a group', () => {
  test('are one for the instances that one move of the desired capacity led to', () => {
    const listed = [
      launch({ Description: 'Launching a new EC2 instance: i-4' }),
      launch({ StatusCode: 'Successful' }),
    ];
    expect(groupActivities(listed, scope)).toEqual([
      {
        ...{ cloudSeconds: 300, from: 2, to: 4, policy: 'cpu', status: 'InProgress' },
        cause: expect.stringMatching(/^a monitor alarm .* changing the desired capacity from 2 to 4$/),
      },
    ]);
    expect(groupEvents(listed, scope).map(({ message }) => message)).toEqual([
      'Launching a new EC2 instance: i-4',
      'Launching a new EC2 instance: i-3',
    ]);
  });

  test('are none for an instance that takes the place of another', () => {
    const replaced = launch({
      Cause:
        'At 2026-03-01T12:20:00Z an instance was launched in response to an unhealthy instance needing to be replaced.',
    });
    expect(groupActivities([replaced], scope)).toEqual([]);
    expect(groupEvents([replaced], scope)).toHaveLength(1);
  });

  test('come in order, and name the scheduled action or the bounds that moved the capacity', () => {
    const listed = [
      launch({
        StartTime: at(900),
        StatusCode: 'Failed',
        Cause:
          'At 2026-03-01T12:15:00Z a user request update of AutoScalingGroup constraints to min: 3, max: 10, desired: 3 changing the desired capacity from 2 to 3.',
      }),
      launch({
        StartTime: at(600),
        StatusCode: 'Cancelled',
        Cause:
          'At 2026-03-01T12:10:00Z a scheduled action morning changing the desired capacity from 2 to 3.  At 2026-03-01T12:10:05Z an instance was started.',
      }),
    ];
    expect(groupActivities(listed, scope)).toMatchObject([
      { cloudSeconds: 600, policy: 'morning', status: 'Overridden' },
      { cloudSeconds: 900, policy: 'bounds of capacity', status: 'Failed' },
    ]);
  });
});
