import * as z from 'zod';
import {
  customTargetValue,
  publishedElsewhere,
  publishedMetric,
  publishedMetricSchema,
  publishedPeriod,
} from './custom.ts';
import type { MetricKindOf } from './metric-kind.ts';

const metrics = z.array(publishedMetricSchema).min(2).max(10).describe('The metrics that are added.');

export const sumSchema = z.strictObject({
  kind: z
    .literal('sum')
    .describe('Metric math: the sum of several metrics; missing ones count as missing, not as zero.'),
  metrics,
  periodSeconds: publishedPeriod,
});

export const sumTargetSchema = z.strictObject({
  kind: z.literal('sum').describe('Metric math: the sum of several metrics.'),
  metrics,
  periodSeconds: publishedPeriod,
  targetValue: customTargetValue,
});

/** The sum of several published metrics. */
export const sum: MetricKindOf<'sum'> = {
  ...publishedElsewhere,
  cloudWatch: (metric) => metric.metrics.map(publishedMetric),
};
