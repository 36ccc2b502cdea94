import type { ScalingActivity } from '@tideline/evidence';
import { expect, test } from '@jest/globals';
import { numberedActivities } from './activity-table.ts';

const refusal = (cloudSeconds: number, overrides: Partial<ScalingActivity> = {}): ScalingActivity => ({
  cloudSeconds,
  from: 6,
  to: 6,
  policy: 'cpu',
  cause: 'alarm',
  status: 'NotScaled',
  reasonCode: 'AlreadyAtMaxCapacity',
  ...overrides,
});

test('the same refusal in a row is told once, with how often and until when', () => {
  const told = numberedActivities([refusal(60), refusal(120), refusal(180)]);
  expect(told).toEqual([{ number: 1, activity: refusal(60), times: 3, lastCloudSeconds: 180 }]);
});

test.each([
  ['policy', { policy: 'requests-per-target' }],
  ['reason', { reasonCode: 'AlreadyAtMinCapacity' as const }],
  ['task count', { from: 5, to: 5 }],
])('a refusal with another %s is told apart', (_, overrides) => {
  expect(numberedActivities([refusal(60), refusal(120, overrides)])).toHaveLength(2);
});

test('changes of the task count are never joined', () => {
  const change = refusal(60, { to: 7, status: 'Successful' });
  expect(numberedActivities([change, change]).map(({ number }) => number)).toEqual([1, 2]);
});
