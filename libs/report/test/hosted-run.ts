import type { RunRecord } from '@tideline/evidence';
import { judged, sampleRun } from './sample-run.ts';

/** Tasks on instances that followed them, with what each service said of it. */
export const hostedRun: RunRecord = judged({
  ...sampleRun,
  scaling: {
    ...sampleRun.scaling,
    activities: sampleRun.scaling.activities.map((activity) => ({
      ...activity,
      statusMessage: `Successfully set desired count to ${activity.to}. Change successfully fulfilled by ecs.`,
    })),
    events: [
      { cloudSeconds: 61, message: '(service api) has reached a steady state.' },
      { cloudSeconds: 600, message: '(auto-scaling-group api) Launching a new EC2 instance: i-1.' },
    ],
    capacityProvider: {
      name: 'provider',
      minInstances: 1,
      maxInstances: 3,
      timeline: [
        { cloudSeconds: 60, desired: 1, active: 1 },
        { cloudSeconds: 600, desired: 3, active: 1 },
        { cloudSeconds: 680, desired: 3, active: 3 },
        { cloudSeconds: 2600, desired: 1, active: 1 },
      ],
      activities: [
        {
          cloudSeconds: 600,
          from: 1,
          to: 3,
          policy: 'ECSManagedAutoScalingPolicy-provider',
          cause: 'monitor alarm high in state ALARM triggered policy ECSManagedAutoScalingPolicy-provider',
          status: 'Successful',
        },
      ],
      policies: [
        {
          name: 'ECSManagedAutoScalingPolicy-provider',
          metricKey: 'AWS/ECS/ManagedScaling/CapacityProviderReservation/Average',
          target: 100,
          alarms: [{ name: 'high', comparison: '>', threshold: 100, state: 'OK' }],
        },
      ],
      peakActive: 3,
      finalActive: 1,
    },
  },
});
