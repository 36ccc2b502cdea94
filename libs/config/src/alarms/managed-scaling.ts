import type { Compute, Environment } from '../environment.ts';
import type { CloudWatchMetric } from '../metrics/metric-kind.ts';
import { metricKey } from '../metrics/metric-kinds.ts';
import { resourceNames } from '../naming.ts';
import { type Tracking, trackingDefaults } from './tracking-alarms.ts';

/** ECS publishes the metric of a capacity provider each minute. */
export const reservationPeriodSeconds = 60;

/** Instances that tasks ask for, in percent of those there are. */
export const reservationMetric = {
  namespace: 'AWS/ECS/ManagedScaling',
  metricName: 'CapacityProviderReservation',
  statistic: 'Average',
  scope: 'capacity-provider',
  dimensions: {},
} as const satisfies CloudWatchMetric;

export const reservationKey = metricKey(reservationMetric);

/** ECS scales out after one datapoint (aws/containers-roadmap 638). */
const highPeriods = 1;

const allOf = (periods: number) => ({ evaluationPeriods: periods, datapointsToAlarm: periods });

/** Managed scaling of a capacity provider, which holds a target of `CapacityProviderReservation` over the instances that tasks run on. */
export function managedScaling(
  environment: Pick<Environment, 'project' | 'stage'>,
  { targetCapacityPercent }: Compute<'ecs-ec2'>,
): Tracking {
  const { autoScalingGroup, capacityProvider } = resourceNames(environment);
  return {
    policy: `ECSManagedAutoScalingPolicy-${capacityProvider}`,
    scaledResource: autoScalingGroup,
    metric: {
      key: reservationKey,
      sourceKeys: [reservationKey],
      metrics: [reservationMetric],
      total: (ids) => ids.join(' + '),
      periodSeconds: reservationPeriodSeconds,
      perUnit: true,
      unit: 'Percent',
    },
    target: targetCapacityPercent,
    high: allOf(highPeriods),
    low: allOf(trackingDefaults.lowPeriods),
    lowThresholdFraction: trackingDefaults.lowThresholdFraction,
  };
}
