import * as z from 'zod';
import { computeFacts } from '../compute/compute-kinds.ts';
import { refuse } from '../errors/error-rule.ts';
import { percent } from '../schema/fields.ts';
import { averageUtilisation } from './average-utilisation.ts';
import type { MetricKindOf } from './metric-kind.ts';

export const memorySchema = z.strictObject({
  kind: z.literal('memory').describe('Service MemoryUtilization, percent.'),
});

export const memoryTargetSchema = z.strictObject({
  kind: z.literal('memory').describe('Service MemoryUtilization.'),
  targetPercent: percent().describe('Average memory utilisation to hold, percent of the reserved memory.'),
});

/** Memory utilisation of the tasks. */
export const memory: MetricKindOf<'memory'> = {
  ...averageUtilisation('MemoryUtilization'),
  foreseen: 'never',
  targetValue: ({ targetPercent }) => targetPercent,
  expected: () => null,
  errors: ({ policy }, environment) =>
    computeFacts(environment).unit === 'task'
      ? []
      : refuse(
          'TL-CONFIG-INSTANCE-METRIC',
          'scaling.policies',
          `policy "${policy}" follows memory, and EC2 publishes no memory metric for an Auto Scaling group. Use cpu, requests-per-target, response-time, or a custom metric`,
        ),
};
