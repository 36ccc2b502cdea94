import { type Environment, metricKey, resourceNames } from '@tideline/config';
import { trackingAlarmName } from './alarm-name.ts';
import type { HostedCompute } from './host-capacity.ts';
import { metricLagSeconds } from './metric-lag.ts';
import type { PlannedAlarm, PlannedMetric, PlannedTracking, ScalingPlan } from './plan.ts';

/** ECS publishes the metric of a capacity provider each minute. */
export const reservationPeriodSeconds = 60;

export const reservationKey = metricKey({
  namespace: 'AWS/ECS/ManagedScaling',
  metricName: 'CapacityProviderReservation',
  dimensions: {},
  statistic: 'Average',
});

/** Datapoints of the alarms that ECS makes for managed scaling (aws/containers-roadmap 638). */
const highDatapoints = 1;
const lowDatapoints = 15;
/** Target tracking scales in when clearly below the target: by more than 10 %. */
const lowThresholdFraction = 0.9;

/**
 * Managed scaling of a capacity provider as a plan over instances: one target-tracking policy on
 * `CapacityProviderReservation`, whose alarms go out after one datapoint and in after fifteen. Where a service has
 * cooldowns, instances warm up.
 */
export function planManagedScaling(environment: Environment, compute: HostedCompute): ScalingPlan {
  const { autoScalingGroup, capacityProvider } = resourceNames(environment);
  const policyName = `ECSManagedAutoScalingPolicy-${capacityProvider}`;
  const target = compute.targetCapacityPercent;
  const alarms: PlannedAlarm[] = [];
  const metric: PlannedMetric = {
    key: reservationKey,
    sourceKeys: [reservationKey],
    periodSeconds: reservationPeriodSeconds,
    lagSeconds: metricLagSeconds(environment, reservationPeriodSeconds),
    alarms,
  };
  const alarm = (side: 'AlarmHigh' | 'AlarmLow'): PlannedAlarm => {
    const datapoints = side === 'AlarmHigh' ? highDatapoints : lowDatapoints;
    const planned: PlannedAlarm = {
      name: trackingAlarmName(autoScalingGroup, policyName, side),
      metricKey: reservationKey,
      index: alarms.length,
      comparison: side === 'AlarmHigh' ? '>' : '<',
      threshold: side === 'AlarmHigh' ? target : target * lowThresholdFraction,
      evaluationPeriods: datapoints,
      datapointsToAlarm: datapoints,
      periodSeconds: reservationPeriodSeconds,
      rangeDatapoints: datapoints + environment.assumptions.extraEvaluationDatapoints,
    };
    alarms.push(planned);
    return planned;
  };
  const policy: PlannedTracking = {
    type: 'target-tracking',
    name: policyName,
    index: 0,
    metricKey: reservationKey,
    metric,
    alarms,
    target,
    highAlarm: alarm('AlarmHigh'),
    lowAlarm: alarm('AlarmLow'),
    scaleOutCooldownSeconds: 0,
    scaleInCooldownSeconds: 0,
  };
  return {
    unit: 'instance',
    capacity: compute.instances,
    metrics: [metric],
    alarms,
    policies: [policy],
    scheduledActions: [],
    assumptions: environment.assumptions,
  };
}
