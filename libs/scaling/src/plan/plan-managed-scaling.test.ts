import { expect, test } from '@jest/globals';
import { environmentOn } from '@tideline/config/testing';
import { planManagedScaling } from './plan-managed-scaling.ts';

test('what is suspended of a service’s scaling leaves that of its instances alone', () => {
  const environment = environmentOn('ecs-ec2', {
    scaling: {
      suspendedState: {
        dynamicScalingInSuspended: true,
        dynamicScalingOutSuspended: true,
        scheduledScalingSuspended: true,
      },
    },
  });
  expect(planManagedScaling(environment, environment.compute).suspended).toEqual({
    dynamicScalingInSuspended: false,
    dynamicScalingOutSuspended: false,
    scheduledScalingSuspended: false,
  });
});
