import { describe, expect, test } from '@jest/globals';
import type { EnvironmentInput, TargetTrackingPolicy } from '@tideline/config';
import { environment, identity } from '../../test/synthesise.ts';
import { serviceTracking } from './tracking-policy.ts';

type Metric = Extract<
  NonNullable<NonNullable<EnvironmentInput['scaling']>['policies']>[number],
  { type: 'target-tracking' }
>['metric'];

const tracking = (metric: Metric, over: { readonly scaleInEnabled?: boolean } = {}) => {
  const described = environment({
    scaling: {
      policies: [
        {
          type: 'target-tracking',
          name: 'policy',
          metric,
          scaleOutCooldownSeconds: 45,
          scaleInCooldownSeconds: 90,
          ...over,
        },
      ],
    },
  });
  return serviceTracking(described.scaling.policies[0] as TargetTrackingPolicy, {
    environment: described,
    identity,
  });
};

const orders = { namespace: 'Shop', metricName: 'Orders', dimensions: { Queue: 'web' } };
const targetGroup = [
  { name: 'LoadBalancer', value: 'app/tideline-dev-alb/1' },
  { name: 'TargetGroup', value: 'targetgroup/tideline-dev-api/2' },
];

describe('a target-tracking policy', () => {
  test('has its target, cooldowns and whether it scales in', () => {
    expect(tracking({ kind: 'cpu', targetPercent: 55 }, { scaleInEnabled: false })).toMatchObject({
      targetValue: 55,
      scaleOutCooldown: 45,
      scaleInCooldown: 90,
      disableScaleIn: true,
    });
    expect(tracking({ kind: 'cpu', targetPercent: 55 })).toMatchObject({ disableScaleIn: false });
  });

  test.each([
    [{ kind: 'cpu', targetPercent: 55 }, 'ECSServiceAverageCPUUtilization', 55],
    [{ kind: 'memory', targetPercent: 70 }, 'ECSServiceAverageMemoryUtilization', 70],
  ] as const)('on %j is predefined', (metric, predefinedMetricType, targetValue) => {
    expect(tracking(metric)).toMatchObject({
      targetValue,
      predefinedMetricSpecification: { predefinedMetricType },
    });
  });

  test('on requests names balancer and target group, and counts per minute', () => {
    expect(tracking({ kind: 'requests-per-target', requestsPerTargetPerSecond: 2 })).toMatchObject({
      targetValue: 120,
      predefinedMetricSpecification: {
        predefinedMetricType: 'ALBRequestCountPerTarget',
        resourceLabel: 'app/tideline-dev-alb/1/targetgroup/tideline-dev-api/2',
      },
    });
  });

  test('on the average response time is a customised metric in seconds', () => {
    expect(tracking({ kind: 'response-time', targetMilliseconds: 250 })).toMatchObject({
      targetValue: 0.25,
      customizedMetricSpecification: {
        namespace: 'AWS/ApplicationELB',
        metricName: 'TargetResponseTime',
        statistic: 'Average',
        dimensions: targetGroup,
      },
    });
  });

  test('on a percentile asks for it by metric math, the simple form having none', () => {
    expect(
      tracking({ kind: 'response-time', targetMilliseconds: 250, statistic: 'p99' })
        .customizedMetricSpecification,
    ).toEqual({
      metrics: [
        {
          id: 'm1',
          returnData: true,
          metricStat: {
            stat: 'p99',
            metric: {
              namespace: 'AWS/ApplicationELB',
              metricName: 'TargetResponseTime',
              dimensions: targetGroup,
            },
          },
        },
      ],
    });
  });

  test('on a custom metric names it with its dimensions', () => {
    expect(tracking({ kind: 'custom', ...orders, statistic: 'Maximum', targetValue: 7 })).toMatchObject({
      targetValue: 7,
      customizedMetricSpecification: {
        namespace: 'Shop',
        metricName: 'Orders',
        statistic: 'Maximum',
        dimensions: [{ name: 'Queue', value: 'web' }],
      },
    });
  });

  test('on a sum adds its metrics, and returns the sum alone', () => {
    const { customizedMetricSpecification } = tracking({
      kind: 'sum',
      metrics: [orders, { ...orders, metricName: 'Returns', statistic: 'Sum' }],
      targetValue: 9,
    });
    expect(customizedMetricSpecification?.metrics).toMatchObject([
      { id: 'm1', returnData: false, metricStat: { stat: 'Average', metric: { metricName: 'Orders' } } },
      { id: 'm2', returnData: false, metricStat: { stat: 'Sum', metric: { metricName: 'Returns' } } },
      { id: 'total', returnData: true, expression: 'm1 + m2' },
    ]);
  });
});
