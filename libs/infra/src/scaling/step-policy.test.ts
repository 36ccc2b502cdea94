import { describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, type StepPolicy, stepAlarm } from '@tideline/config';
import { environment as resolved, identity } from '../../test/synthesise.ts';
import { alarmConfig } from '../ground/alarm-config.ts';
import { stepConfiguration } from './step-policy.ts';

type StepInput = Extract<
  NonNullable<NonNullable<EnvironmentInput['scaling']>['policies']>[number],
  { type: 'step' }
>;

const render = (over: Partial<StepInput>) => {
  const environment = resolved({
    scaling: {
      policies: [
        {
          type: 'step',
          name: 'steps',
          metric: { kind: 'cpu' },
          alarm: {
            comparison: 'GreaterThanOrEqualToThreshold',
            threshold: 50,
            evaluationPeriods: 3,
            datapointsToAlarm: 2,
            treatMissingData: 'notBreaching',
          },
          steps: [
            { lowerBound: 0, upperBound: 20, adjustment: 1 },
            { lowerBound: 20, adjustment: 3 },
          ],
          aggregation: 'Maximum',
          cooldownSeconds: 60,
          ...over,
        },
      ],
    },
  });
  const policy = environment.scaling.policies[0] as StepPolicy;
  return {
    configuration: stepConfiguration(policy),
    alarm: alarmConfig(stepAlarm(policy, environment), identity),
  };
};

describe('a step policy', () => {
  test('has its steps, with open ends left out', () => {
    expect(render({}).configuration).toEqual({
      adjustmentType: 'ChangeInCapacity',
      cooldown: 60,
      metricAggregationType: 'Maximum',
      stepAdjustment: [
        { metricIntervalLowerBound: '0', metricIntervalUpperBound: '20', scalingAdjustment: 1 },
        { metricIntervalLowerBound: '20', scalingAdjustment: 3 },
      ],
    });
  });

  test('has a smallest move where percents move it', () => {
    const { configuration } = render({
      adjustmentType: 'PercentChangeInCapacity',
      minAdjustmentMagnitude: 2,
    });
    expect(configuration).toMatchObject({
      adjustmentType: 'PercentChangeInCapacity',
      minAdjustmentMagnitude: 2,
      metricAggregationType: 'Maximum',
    });
  });
});

describe('the alarm of a step policy', () => {
  test('has the name that the twin gives it, its threshold and its window', () => {
    expect(render({}).alarm).toMatchObject({
      alarmName: 'tideline-dev-api-scaling-steps',
      namespace: 'AWS/ECS',
      metricName: 'CPUUtilization',
      statistic: 'Average',
      dimensions: { ClusterName: 'tideline-dev', ServiceName: 'tideline-dev-api' },
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold: 50,
      period: 60,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: 'notBreaching',
    });
  });

  test('on response time counts in seconds, thresholds and bounds alike', () => {
    const { alarm, configuration } = render({
      metric: { kind: 'response-time', statistic: 'p95' },
      alarm: { comparison: 'GreaterThanThreshold', threshold: 400 },
      steps: [
        { lowerBound: 0, upperBound: 100, adjustment: 1 },
        { lowerBound: 100, adjustment: 2 },
      ],
    });
    expect(alarm).toMatchObject({ threshold: 0.4, extendedStatistic: 'p95' });
    expect(alarm).not.toHaveProperty('statistic');
    expect(configuration.stepAdjustment).toMatchObject([
      { metricIntervalUpperBound: '0.1' },
      { metricIntervalLowerBound: '0.1' },
    ]);
  });

  test('on a sum watches the sum, and has no metric of its own', () => {
    const orders = { namespace: 'Shop', metricName: 'Orders', dimensions: { Queue: 'web' } };
    const { alarm } = render({
      metric: { kind: 'sum', metrics: [orders, { ...orders, metricName: 'Returns' }] },
    });
    expect(alarm).not.toHaveProperty('metricName');
    expect(alarm.metricQuery).toMatchObject([
      { id: 'm1', returnData: false, metric: { metricName: 'Orders', period: 60, stat: 'Average' } },
      { id: 'm2', returnData: false, metric: { metricName: 'Returns', dimensions: { Queue: 'web' } } },
      { id: 'total', expression: 'm1 + m2', returnData: true },
    ]);
  });

  test.each([
    [{ kind: 'requests-per-target' }, 'RequestCountPerTarget', 'Sum'],
    [{ kind: 'memory' }, 'MemoryUtilization', 'Average'],
  ] as const)('on %j watches that metric', (metric, metricName, statistic) => {
    expect(render({ metric }).alarm).toMatchObject({ metricName, statistic });
  });
});
