import * as z from 'zod';
import type { Problem } from '../configuration-error.ts';
import type { PredictivePolicy } from '../environment.ts';
import { refuse } from '../errors/error-rule.ts';
import { cpuTargetSchema } from '../metrics/cpu.ts';
import { metricReference, targetValue } from '../metrics/metric-kinds.ts';
import { requestsPerTargetTargetSchema } from '../metrics/requests-per-target.ts';
import { policyName, wholeSeconds } from '../schema/fields.ts';
import type { PolicyKindOf } from './policy-kind.ts';

export const predictiveSchema = z.strictObject({
  type: z
    .literal('predictive')
    .describe('Forecasts the load of the next 48 hours, and has capacity ready before each hour begins.'),
  name: policyName.describe('Unique name of the policy.'),
  metric: z
    .discriminatedUnion('kind', [requestsPerTargetTargetSchema, cpuTargetSchema])
    .describe(
      'One of AWS’s metric pairs with the target that capacity is worked out from: the total is forecast, and divided by the target.',
    ),
  mode: z
    .enum(['ForecastOnly', 'ForecastAndScale'])
    .default('ForecastOnly')
    .describe(
      'Shows what it forecasts, or has it as the least capacity of each hour as well; one policy of an environment may scale.',
    ),
  schedulingBufferTimeSeconds: wholeSeconds(0, 3600)
    .default(300)
    .describe('Time before the hour at which its capacity is launched: what it takes to start.'),
  maxCapacityBreachBehavior: z
    .enum(['HonorMaxCapacity', 'IncreaseMaxCapacity'])
    .default('HonorMaxCapacity')
    .describe(
      'A forecast above capacity.max is cut to it, or raises the maximum, which AWS does not lower again.',
    ),
  maxCapacityBuffer: z
    .int()
    .min(0)
    .max(100)
    .nullable()
    .default(null)
    .describe(
      'Room above the forecast when IncreaseMaxCapacity raises the maximum, percent of the forecast; needed there, and null otherwise.',
    ),
});

/** AWS’s metric pairs for groups: one metric is forecast, the other has the target (EC2 Auto Scaling API reference). */
const metricPairs: Readonly<Record<PredictivePolicy['metric']['kind'], string>> = {
  cpu: 'ASGCPUUtilization',
  'requests-per-target': 'ALBRequestCount',
};

/** Name of AWS’s predefined metric pair of an Auto Scaling group for predictive scaling. */
export const groupMetricPair = ({ metric }: PredictivePolicy): string => metricPairs[metric.kind];

/** Raises the least capacity to what it forecasts, hour by hour; it has no alarm, and takes nothing away. */
export const predictive: PolicyKindOf<'predictive'> = {
  resolve: (policy) => policy,
  metric: ({ metric }) => metric,
  target: () => null,
  alarms: () => [],
  scaleIn: () => 'never',
  cooldowns: () => null,
  bounds: () => ({ min: null, max: null }),
  schedule: () => null,
  forecast: ({ mode, maxCapacityBreachBehavior }) => {
    const scales = mode === 'ForecastAndScale';
    return { scales, raisesMaximum: scales && maxCapacityBreachBehavior === 'IncreaseMaxCapacity' };
  },
  summary: ({ name, metric, mode, schedulingBufferTimeSeconds }, environment) => {
    const names = metricReference(metric, environment).metrics.map(({ metricName }) => metricName);
    return `${name}: ${mode} of ${names.join(' + ')} at ${targetValue(metric)}, ${schedulingBufferTimeSeconds} s before each hour`;
  },
  errors: (policy) => maximumErrors(policy),
};

/** Required if the maximum may be raised, and cannot be used otherwise (API reference, PredictiveScalingConfiguration). */
function maximumErrors({
  name,
  maxCapacityBreachBehavior: behavior,
  maxCapacityBuffer: buffer,
}: PredictivePolicy): readonly Problem[] {
  if ((behavior === 'IncreaseMaxCapacity') === (buffer !== null)) return [];
  return refuse(
    'TL-CONFIG-PREDICTIVE-BUFFER',
    `scaling.policies.${name}.maxCapacityBuffer`,
    `got ${buffer} with maxCapacityBreachBehavior ${behavior}; AWS requires a buffer with IncreaseMaxCapacity, and takes none with HonorMaxCapacity. ${
      buffer === null
        ? 'Set it to 0 to 100 percent of the forecast'
        : 'Set it to null, or the behaviour to IncreaseMaxCapacity'
    }`,
  );
}
