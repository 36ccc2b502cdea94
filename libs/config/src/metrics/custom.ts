import * as z from 'zod';
import { type CloudWatchMetric, type MetricKindOf, standardPeriodSeconds } from './metric-kind.ts';

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
export const publishedMetricSchema = z.strictObject({
  namespace: z
    .string()
    .min(1)
    .max(255)
    .describe('CloudWatch namespace; not one that starts with AWS/ unless AWS publishes the metric.'),
  metricName: z.string().min(1).max(255).describe('CloudWatch metric name.'),
  dimensions,
  statistic: statistic.default('Average').describe('Statistic over one period.'),
});

/** The period of a published metric, or of each addend of a sum. */
export const publishedPeriod = z
  .literal([60, 30, 20, 10])
  .default(standardPeriodSeconds)
  .describe(
    'Period that CloudWatch folds the metric into, seconds. Below 60 for a metric that is published at high resolution: 10 or 30 where a policy of an Auto Scaling group holds a target, 10, 20 or 30 where the alarm of a step policy watches it.',
  );

/** The value that a policy on a custom metric holds. */
export const customTargetValue = z.number().positive().describe('Value of the metric that scaling holds.');

export const customSchema = z.strictObject({
  kind: z.literal('custom'),
  ...publishedMetricSchema.shape,
  periodSeconds: publishedPeriod,
});

export const customTargetSchema = z.strictObject({
  ...customSchema.shape,
  targetValue: customTargetValue,
});

/** What every metric has that something outside this project publishes: nothing is known of it beforehand. */
export const publishedElsewhere = {
  unit: 'None',
  periodSeconds: ({ periodSeconds }: { readonly periodSeconds: number }) => periodSeconds,
  risesWithLoad: false,
  missingWhenIdle: false,
  needsTarget: false,
  perUnit: false,
  foreseen: 'never',
  thresholdsPerUnit: 1,
  // Missing as soon as one of them is.
  total: (ids: readonly string[]) => ids.join(' + '),
  predefinedType: () => null,
  targetValue: ({ targetValue }: { readonly targetValue: number }) => targetValue,
  expected: () => null,
} as const satisfies Partial<MetricKindOf<'custom' | 'sum'>>;

/** A published metric as CloudWatch knows it. */
export const publishedMetric = (metric: Omit<CloudWatchMetric, 'scope'>): CloudWatchMetric => ({
  namespace: metric.namespace,
  metricName: metric.metricName,
  statistic: metric.statistic,
  scope: 'published',
  dimensions: metric.dimensions,
});

/** A metric that something outside this project publishes. */
export const custom: MetricKindOf<'custom'> = {
  ...publishedElsewhere,
  cloudWatch: (metric) => [publishedMetric(metric)],
};
