import * as z from 'zod';
import { type MetricKindOf, standardPeriodSeconds } from './metric-kind.ts';
import { targetGroupScopes } from './target-group-scopes.ts';

const millisecondsPerSecond = 1000;

const statistic = z
  .enum(['Average', 'p50', 'p90', 'p95', 'p99'])
  .default('Average')
  .describe('Statistic over one minute.');

export const responseTimeSchema = z.strictObject({
  kind: z
    .literal('response-time')
    .describe('ALB TargetResponseTime; thresholds in milliseconds here, seconds at AWS.'),
  statistic,
});

export const responseTimeTargetSchema = z.strictObject({
  kind: z.literal('response-time').describe('ALB TargetResponseTime.'),
  targetMilliseconds: z.number().positive().max(60_000).describe('Response time to hold.'),
  statistic,
});

/** Time until a target answers. */
export const responseTime: MetricKindOf<'response-time'> = {
  unit: 'Seconds',
  // ELB publishes every minute.
  periodSeconds: () => standardPeriodSeconds,
  risesWithLoad: true,
  missingWhenIdle: false,
  needsTarget: true,
  perUnit: false,
  foreseen: 'never',
  thresholdsPerUnit: millisecondsPerSecond,
  cloudWatch: (metric, environment) => {
    const [scope = 'target-group', ...others] = targetGroupScopes(environment);
    return [
      {
        namespace: 'AWS/ApplicationELB',
        metricName: 'TargetResponseTime',
        statistic: metric.statistic,
        // A percentile of two groups is none of their percentiles: the balancer’s own is of all that it has.
        scope: others.length === 0 ? scope : 'load-balancer',
        dimensions: {},
      },
    ];
  },
  total: (ids) => ids.join(' + '),
  predefinedType: () => null,
  targetValue: ({ targetMilliseconds }) => targetMilliseconds / millisecondsPerSecond,
  expected: () => null,
};
