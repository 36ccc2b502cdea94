import * as z from 'zod';
import type { AlarmWindow } from '../alarms/alarm-facts.ts';
import { type Tracking, trackingAlarms, trackingDefaults } from '../alarms/tracking-alarms.ts';
import type { Environment, TargetTrackingPolicy } from '../environment.ts';
import { fleetFacts } from '../metrics/fleet-facts.ts';
import { standardPeriodSeconds } from '../metrics/metric-kind.ts';
import { metricKind, metricReference, targetValue } from '../metrics/metric-kinds.ts';
import { targetSchema } from '../metrics/metric-schemas.ts';
import { resourceNames } from '../naming.ts';
import { policyName, wholeSeconds } from '../schema/fields.ts';
import { alarmWindowErrors } from './alarm-window-errors.ts';
import type { PolicyKindOf } from './policy-kind.ts';
import { trackedPeriodErrors } from './tracked-period.ts';

const alarmWindow = (periods: string) =>
  z
    .strictObject({
      evaluationPeriods: z
        .int()
        .min(1)
        .max(1440)
        .optional()
        .describe(`N: datapoints the alarm looks at. Default: ${periods}.`),
      datapointsToAlarm: z
        .int()
        .min(1)
        .max(1440)
        .optional()
        .describe('M: how many of N must breach. Default: all of them.'),
    })
    .prefault({});

const { highPeriods, lowPeriods, highResolutionLowPeriods, lowThresholdFraction } = trackingDefaults;

export const targetTrackingSchema = z.strictObject({
  type: z.literal('target-tracking').describe('Holds a metric near a target with two alarms.'),
  name: policyName.describe('Unique name of the policy.'),
  metric: targetSchema,
  scaleOutCooldownSeconds: wholeSeconds(0, 3600)
    .default(300)
    .describe('After a scale-out, only a larger scale-out goes through for this long.'),
  scaleInCooldownSeconds: wholeSeconds(0, 3600)
    .default(300)
    .describe('After a scale-in, no further scale-in for this long; a scale-out cancels it.'),
  scaleInEnabled: z
    .boolean()
    .default(true)
    .describe('False: the policy only ever scales out, and has no low alarm.'),
  highAlarm: alarmWindow(String(highPeriods)),
  lowAlarm: alarmWindow(`${lowPeriods}, or ${highResolutionLowPeriods} on a metric of less than 60 s`),
  lowThresholdFraction: z
    .number()
    .positive()
    .max(1)
    .default(lowThresholdFraction)
    .describe('The low alarm’s threshold as a fraction of the target.'),
});

/** Holds a metric near a target: out as soon as it is too high, in when all policies of this kind agree. */
export const targetTracking: PolicyKindOf<'target-tracking'> = {
  resolve: (policy, monitoring) => ({
    ...policy,
    highAlarm: resolveWindow(policy.highAlarm, highPeriods),
    lowAlarm: resolveWindow(
      policy.lowAlarm,
      metricKind(policy.metric).periodSeconds(policy.metric, monitoring) < standardPeriodSeconds
        ? highResolutionLowPeriods
        : lowPeriods,
    ),
  }),
  metric: ({ metric }) => metric,
  target: ({ metric }) => metric,
  alarms: (policy, environment) => trackingAlarms(policyTracking(policy, environment)),
  scaleIn: ({ scaleInEnabled }) => (scaleInEnabled ? 'together' : 'never'),
  cooldowns: ({ scaleOutCooldownSeconds, scaleInCooldownSeconds }) => ({
    out: { field: 'scaleOutCooldownSeconds', seconds: scaleOutCooldownSeconds },
    in: { field: 'scaleInCooldownSeconds', seconds: scaleInCooldownSeconds },
  }),
  bounds: () => ({ min: null, max: null }),
  schedule: () => null,
  forecast: () => null,
  summary: ({ name, metric, scaleOutCooldownSeconds, scaleInCooldownSeconds }, environment) => {
    const names = metricReference(metric, environment).metrics.map(({ metricName }) => metricName);
    return `${name}: ${names.join(' + ')} at ${targetValue(metric)}, cooldowns ${scaleOutCooldownSeconds} s out and ${scaleInCooldownSeconds} s in`;
  },
  errors: (policy, { environment }) => [
    ...alarmWindowErrors(`scaling.policies.${policy.name}.highAlarm`, policy.highAlarm),
    ...alarmWindowErrors(`scaling.policies.${policy.name}.lowAlarm`, policy.lowAlarm),
    ...trackedPeriodErrors(policy, environment),
  ],
};

/** What a policy holds, and how its alarms watch it. */
export const policyTracking = (policy: TargetTrackingPolicy, environment: Environment): Tracking => ({
  policy: policy.name,
  scaledResource: resourceNames(environment)[fleetFacts(environment).scaledResource],
  metric: metricReference(policy.metric, environment),
  target: targetValue(policy.metric),
  high: policy.highAlarm,
  low: policy.scaleInEnabled ? policy.lowAlarm : null,
  lowThresholdFraction: policy.lowThresholdFraction,
});

function resolveWindow(
  window: { evaluationPeriods?: number | undefined; datapointsToAlarm?: number | undefined },
  defaultPeriods: number,
): AlarmWindow {
  const evaluationPeriods = window.evaluationPeriods ?? defaultPeriods;
  return { evaluationPeriods, datapointsToAlarm: window.datapointsToAlarm ?? evaluationPeriods };
}
