import * as z from 'zod';
import {
  type ScalingAlarm,
  metricQueries,
  missingDataTreatments,
  watchesAbove,
} from '../alarms/alarm-facts.ts';
import type { Problem } from '../configuration-error.ts';
import type { Environment, StepPolicy } from '../environment.ts';
import { metricKind, metricReference, thresholdInMetricUnit } from '../metrics/metric-kinds.ts';
import { metricSchema } from '../metrics/metric-schemas.ts';
import { stepAlarmName } from '../naming.ts';
import { policyName, wholeSeconds } from '../schema/fields.ts';
import { figure, warn } from '../warnings/warning-rule.ts';
import { alarmWindowErrors } from './alarm-window-errors.ts';
import type { PolicyKindOf } from './policy-kind.ts';
import { stepErrors } from './step-errors.ts';

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

export const stepSchema = z.strictObject({
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
      treatMissingData: z
        .enum(missingDataTreatments)
        .default('missing')
        .describe('What missing datapoints count as, in CloudWatch’s words.'),
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

/** Moves by steps that depend on how far its own alarm is breached. */
export const step: PolicyKindOf<'step'> = {
  resolve: (policy) => policy,
  metric: ({ metric }) => metric,
  target: () => null,
  alarms: (policy, environment) => [stepAlarm(policy, environment)],
  scaleIn: (policy) => (stepMoves(policy).includes('in') ? 'alone' : 'never'),
  cooldowns: ({ cooldownSeconds }) => {
    const cooldown = { field: 'cooldownSeconds', seconds: cooldownSeconds };
    return { out: cooldown, in: cooldown };
  },
  bounds: () => ({ min: null, max: null }),
  schedule: () => null,
  forecast: () => null,
  summary: ({ name, metric, alarm: { comparison, threshold }, cooldownSeconds }, environment) => {
    const names = metricReference(metric, environment).metrics.map(({ metricName }) => metricName);
    const side = watchesAbove(comparison) ? 'from' : 'down from';
    return `${name}: steps on ${names.join(' + ')} ${side} ${threshold}, cooldown ${cooldownSeconds} s`;
  },
  errors: (policy) => [
    ...alarmWindowErrors(`scaling.policies.${policy.name}.alarm`, policy.alarm),
    ...stepErrors(policy),
  ],
  warnings: (policy) => [...stepsAgainstLoad(policy), ...stepsOutOfReach(policy)],
};

/** The one alarm of a step policy. */
export function stepAlarm(policy: StepPolicy, environment: Environment): ScalingAlarm {
  const { alarm, metric, name } = policy;
  const reference = metricReference(metric, environment);
  return {
    id: name,
    name: stepAlarmName(environment, policy),
    description: `Sets off scaling policy ${name}`,
    madeBy: 'template',
    policy: name,
    metric: reference,
    queries: metricQueries(reference),
    ...alarm,
    threshold: thresholdInMetricUnit(metric, alarm.threshold),
    periodSeconds: reference.periodSeconds,
    moves: stepMoves(policy),
  };
}

/** Where a policy may move the capacity. An exact count follows the side that the alarm watches: out above, in below. */
function stepMoves({ adjustmentType, alarm, steps }: StepPolicy): readonly ('out' | 'in')[] {
  if (adjustmentType === 'ExactCapacity') return [watchesAbove(alarm.comparison) ? 'out' : 'in'];
  return [
    ...(steps.some(({ adjustment }) => adjustment > 0) ? (['out'] as const) : []),
    ...(steps.some(({ adjustment }) => adjustment < 0) ? (['in'] as const) : []),
  ];
}

/** Where a metric rises with the load, a high value calls for more tasks. */
function stepsAgainstLoad({ name, adjustmentType, metric, alarm, steps }: StepPolicy): readonly Problem[] {
  if (adjustmentType === 'ExactCapacity' || !metricKind(metric).risesWithLoad) return [];
  const above = watchesAbove(alarm.comparison);
  return steps.flatMap(({ adjustment }, index) =>
    adjustment === 0 || adjustment > 0 === above
      ? []
      : warn(
          'TL-WARN-STEP-DIRECTION',
          `scaling.policies.${name}.steps.${index}.adjustment`,
          `${adjustment} ${adjustment < 0 ? 'removes' : 'adds'} tasks when ${metric.kind} is ${above ? 'high' : 'low'} (${alarm.comparison} ${figure(alarm.threshold)}). Turn the sign or the comparison around`,
        ),
  );
}

function stepsOutOfReach({ name, alarm, steps }: StepPolicy): readonly Problem[] {
  const above = watchesAbove(alarm.comparison);
  return steps.flatMap(({ lowerBound, upperBound }, index) => {
    const outside = above ? upperBound !== null && upperBound <= 0 : lowerBound !== null && lowerBound >= 0;
    if (!outside) return [];
    return warn(
      'TL-WARN-STEP-UNREACHABLE',
      `scaling.policies.${name}.steps.${index}`,
      `lies ${above ? 'below' : 'above'} the threshold, and the alarm fires on the other side (${alarm.comparison} ${figure(alarm.threshold)}). Remove the step, or give it a policy whose alarm looks that way`,
    );
  });
}
