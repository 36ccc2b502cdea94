import * as z from 'zod';
import { counted } from '../counted.ts';
import { refuse } from '../errors/error-rule.ts';
import { figure, warn } from '../warnings/warning-rule.ts';
import { type MetricKindOf, standardPeriodSeconds } from './metric-kind.ts';
import { targetGroupScopes } from './target-group-scopes.ts';

const acrossTargetGroups = z
  .boolean()
  .default(false)
  .describe(
    'Adds up both target groups of release.kind blue-green by metric math, since they take turns; needed there.',
  );

export const requestsPerTargetSchema = z.strictObject({
  kind: z.literal('requests-per-target').describe('ALB RequestCountPerTarget, a count per minute.'),
  acrossTargetGroups,
});

export const requestsPerTargetTargetSchema = z
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

/** Requests that each healthy target gets in a minute. */
export const requestsPerTarget: MetricKindOf<'requests-per-target'> = {
  unit: 'Count',
  // ELB publishes every minute.
  periodSeconds: () => standardPeriodSeconds,
  risesWithLoad: true,
  missingWhenIdle: true,
  needsTarget: true,
  perUnit: true,
  foreseen: 'exactly',
  thresholdsPerUnit: 1,
  cloudWatch: ({ acrossTargetGroups: across }, environment) =>
    targetGroupScopes(environment)
      .slice(0, across ? undefined : 1)
      .map((scope) => ({
        namespace: 'AWS/ApplicationELB',
        metricName: 'RequestCountPerTarget',
        statistic: 'Sum',
        scope,
        dimensions: {},
      })),
  // A missing one counts as zero: the idle group reports nothing.
  total: (ids) => `SUM([${ids.join(', ')}])`,
  // AWS’s own metric follows one target group.
  predefinedType: ({ acrossTargetGroups: across }) => (across ? null : 'ALBRequestCountPerTarget'),
  targetValue: ({ requestsPerTargetPerMinute }) => requestsPerTargetPerMinute,
  expected: (_environment, { requestsPerSecond, tasks }) => (requestsPerSecond * 60) / tasks,
  // The groups take turns at production: a policy on one of them watches nothing after every other release.
  errors: ({ policy, metric }, environment) => {
    const path = `scaling.policies.${policy}.metric.acrossTargetGroups`;
    const isSeveral = targetGroupScopes(environment).length > 1;
    if (isSeveral === metric.acrossTargetGroups) return [];
    return isSeveral
      ? refuse(
          'TL-CONFIG-RELEASE-REQUESTS',
          path,
          'got false with release.kind blue-green: the request count of one target group falls to nothing when a release moves the traffic to the other. Set it to true, which adds up both groups by metric math, or follow cpu',
        )
      : refuse(
          'TL-CONFIG-RELEASE-REQUESTS',
          path,
          'got true with release.kind rolling, where there is one target group to count. Set it to false, or release.kind to blue-green',
        );
  },
  // The usual slip: a target per minute taken for a target per second.
  warnings: ({ policy, metric }, _environment, { requestsPerSecond, tasks }) => {
    const target = metric.requestsPerTargetPerMinute;
    const perMinute = (requestsPerSecond * 60) / tasks;
    if (perMinute <= target) return [];
    return warn(
      'TL-WARN-REQUESTS-TARGET',
      `scaling.policies.${policy}.metric.requestsPerTargetPerMinute`,
      `at ${figure(requestsPerSecond)} requests/s and ${counted(tasks, 'task')} each target gets ${figure(perMinute)} requests a minute, ` +
        `and the target is ${figure(target)} a minute (${figure(target / 60)}/s): the policy can only pin the service at its maximum. ` +
        `Raise the target above ${figure(perMinute)} a minute, or capacity.max to ${figure(Math.ceil((requestsPerSecond * 60) / target))}`,
    );
  },
};
