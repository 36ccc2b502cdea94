import { z } from 'zod';
import { acrossTargetGroups } from './fields.ts';

const dimensions = z
  .record(z.string().min(1).max(255), z.string().min(1).max(1024))
  .default({})
  .describe('CloudWatch dimensions, name to value.');

const statistic = z
  .string()
  .regex(
    /^(Average|Sum|Minimum|Maximum|SampleCount|p\d{1,2}(\.\d+)?)$/,
    'must be Average, Sum, Minimum, Maximum, SampleCount or a percentile such as p99',
  );

/** A CloudWatch metric that something outside this project publishes (or the twin’s `PUT /metric-data`). */
export const customMetricSchema = z.strictObject({
  namespace: z
    .string()
    .min(1)
    .max(255)
    .describe('CloudWatch namespace; not one that starts with AWS/ unless AWS publishes the metric.'),
  metricName: z.string().min(1).max(255).describe('CloudWatch metric name.'),
  dimensions,
  statistic: statistic.default('Average').describe('Statistic over one period.'),
});

const latencyStatistic = z.enum(['Average', 'p50', 'p90', 'p95', 'p99']);

/** A metric by its meaning, without a target. Used by step policies. */
export const metricSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('requests-per-target').describe('ALB RequestCountPerTarget, a count per minute.'),
    acrossTargetGroups,
  }),
  z.strictObject({ kind: z.literal('cpu').describe('Service CPUUtilization, percent.') }),
  z.strictObject({ kind: z.literal('memory').describe('Service MemoryUtilization, percent.') }),
  z.strictObject({
    kind: z
      .literal('response-time')
      .describe('ALB TargetResponseTime; thresholds in milliseconds here, seconds at AWS.'),
    statistic: latencyStatistic.default('Average').describe('Statistic over one minute.'),
  }),
  z.strictObject({ kind: z.literal('custom'), ...customMetricSchema.shape }),
  z.strictObject({
    kind: z
      .literal('sum')
      .describe('Metric math: the sum of several metrics; missing ones count as missing, not as zero.'),
    metrics: z.array(customMetricSchema).min(2).max(10).describe('The metrics that are added.'),
  }),
]);
