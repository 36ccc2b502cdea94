import { z } from 'zod';
import { acrossTargetGroups, percent, policyName, wholeSeconds } from './fields.ts';
import { customMetricSchema, metricSchema } from './metric.ts';

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

const requestsTarget = z
  .strictObject({
    kind: z.literal('requests-per-target').describe('ALB RequestCountPerTarget.'),
    requestsPerTargetPerMinute: z
      .number()
      .positive()
      .optional()
      .describe('Target as AWS counts it: requests per target per minute.'),
    requestsPerTargetPerSecond: z
      .number()
      .positive()
      .optional()
      .describe('The same target per second; give exactly one of the two.'),
    acrossTargetGroups,
  })
  .refine(
    (metric) =>
      (metric.requestsPerTargetPerMinute === undefined) !== (metric.requestsPerTargetPerSecond === undefined),
    'give exactly one of requestsPerTargetPerMinute and requestsPerTargetPerSecond',
  )
  .transform((metric) => ({
    kind: metric.kind,
    acrossTargetGroups: metric.acrossTargetGroups,
    requestsPerTargetPerMinute:
      metric.requestsPerTargetPerMinute ?? (metric.requestsPerTargetPerSecond ?? 0) * 60,
  }));

const targetValue = z.number().positive().describe('Value of the metric that scaling holds.');

/** A metric together with the value to hold, in the metric’s own unit. */
const targetSchema = z.discriminatedUnion('kind', [
  requestsTarget,
  z.strictObject({
    kind: z.literal('cpu').describe('Service CPUUtilization.'),
    targetPercent: percent().describe('Average CPU utilisation to hold, percent of the reserved CPU.'),
  }),
  z.strictObject({
    kind: z.literal('memory').describe('Service MemoryUtilization.'),
    targetPercent: percent().describe('Average memory utilisation to hold, percent of the reserved memory.'),
  }),
  z.strictObject({
    kind: z.literal('response-time').describe('ALB TargetResponseTime.'),
    targetMilliseconds: z.number().positive().max(60_000).describe('Response time to hold.'),
    statistic: z
      .enum(['Average', 'p50', 'p90', 'p95', 'p99'])
      .default('Average')
      .describe('Statistic over one minute.'),
  }),
  z.strictObject({ kind: z.literal('custom'), ...customMetricSchema.shape, targetValue }),
  z.strictObject({
    kind: z.literal('sum').describe('Metric math: the sum of several metrics.'),
    metrics: z.array(customMetricSchema).min(2).max(10).describe('The metrics that are added.'),
    targetValue,
  }),
]);

const targetTracking = z.strictObject({
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
  highAlarm: alarmWindow('3'),
  lowAlarm: alarmWindow('15, or 30 at 20 s resolution'),
  lowThresholdFraction: z
    .number()
    .positive()
    .max(1)
    .default(0.9)
    .describe('The low alarm’s threshold as a fraction of the target.'),
});

const stepAdjustment = z.strictObject({
  lowerBound: z
    .number()
    .nullable()
    .default(null)
    .describe('Metric minus threshold from which the step applies; null is minus infinity.'),
  upperBound: z
    .number()
    .nullable()
    .default(null)
    .describe('Metric minus threshold up to which it applies; null is infinity.'),
  adjustment: z.int().describe('Tasks to add or remove, the exact count, or percent, by adjustmentType.'),
});

const step = z.strictObject({
  type: z.literal('step').describe('Moves by steps that depend on how far an alarm is breached.'),
  name: policyName.describe('Unique name of the policy.'),
  metric: metricSchema,
  alarm: z
    .strictObject({
      comparison: z
        .enum([
          'GreaterThanOrEqualToThreshold',
          'GreaterThanThreshold',
          'LessThanThreshold',
          'LessThanOrEqualToThreshold',
        ])
        .describe('How a datapoint is compared with the threshold.'),
      threshold: z.number().describe('In the metric’s unit: percent, count per minute, milliseconds.'),
      evaluationPeriods: z.int().min(1).max(1440).default(1).describe('N: datapoints the alarm looks at.'),
      datapointsToAlarm: z
        .int()
        .min(1)
        .max(1440)
        .optional()
        .describe(
          'M: how many of N must breach. Default: all of them, as CloudWatch has it. Fewer take an aggregation of Maximum above the threshold, or Minimum below it.',
        ),
    })
    .transform((alarm) => ({
      ...alarm,
      datapointsToAlarm: alarm.datapointsToAlarm ?? alarm.evaluationPeriods,
    })),
  adjustmentType: z
    .enum(['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'])
    .default('ChangeInCapacity')
    .describe('What an adjustment means.'),
  steps: z.array(stepAdjustment).min(1).max(20).describe('Step adjustments: no overlap, no gap.'),
  minAdjustmentMagnitude: z
    .int()
    .min(0)
    .max(5000)
    .default(0)
    .describe('Smallest move of a percent adjustment, in tasks.'),
  aggregation: z
    .enum(['Average', 'Minimum', 'Maximum'])
    .default('Average')
    .describe('How the alarm’s recent datapoints become the metric value.'),
  cooldownSeconds: wholeSeconds(0, 3600).default(300).describe('Cooldown after a move of this policy.'),
});

const scheduled = z.strictObject({
  type: z.literal('scheduled').describe('Sets the bounds of capacity at given times.'),
  name: policyName.describe('Unique name of the action.'),
  schedule: z
    .string()
    .regex(
      /^(at|rate|cron)\(.+\)$/,
      'must be at(yyyy-mm-ddThh:mm:ss), rate(value unit) or cron(minutes hours day-of-month month day-of-week year)',
    )
    .describe('When, as Application Auto Scaling writes it: at(...), rate(...) or cron(...).'),
  timeZone: z.string().default('UTC').describe('IANA time zone of the schedule.'),
  minCapacity: z
    .int()
    .min(0)
    .max(5000)
    .nullable()
    .default(null)
    .describe('New minimum, or null to leave it.'),
  maxCapacity: z
    .int()
    .min(0)
    .max(5000)
    .nullable()
    .default(null)
    .describe('New maximum, or null to leave it.'),
});

/** One scaling policy; an environment has a list of them. */
export const scalingPolicySchema = z.discriminatedUnion('type', [targetTracking, step, scheduled]);
