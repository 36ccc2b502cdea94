import { describe, expect, test } from '@jest/globals';
import type { EnvironmentInput } from '@tideline/config';
import { environment, resourcesOf } from '../../test/synthesise.ts';
import type { GroupIdentity } from '../ground/service-metrics.ts';
import { GroupScaling } from './group-scaling.ts';

const identity: GroupIdentity = {
  groupName: 'web',
  loadBalancerSuffix: 'app/web/1',
  targetGroupSuffix: 'targetgroup/web/2',
};
type Policies = NonNullable<NonNullable<EnvironmentInput['scaling']>['policies']>;

const scaled = (...policies: Policies) =>
  resourcesOf((stack) => {
    new GroupScaling(stack, 'scaling', {
      environment: environment({
        compute: { kind: 'ec2-asg', instanceType: 't3.micro' },
        scaling: { policies },
      }),
      identity,
    });
  });

const orders = { namespace: 'Shop', metricName: 'Orders', dimensions: { Queue: 'web' } };

describe('the scaling of a group', () => {
  test('tracks its average CPU, without a cooldown', () => {
    const [policy] = scaled({
      type: 'target-tracking',
      name: 'cpu',
      metric: { kind: 'cpu', targetPercent: 50 },
      scaleInEnabled: false,
    })('aws_autoscaling_policy');
    expect(policy).toMatchObject({
      name: 'cpu',
      autoscaling_group_name: 'web',
      policy_type: 'TargetTrackingScaling',
      target_tracking_configuration: {
        target_value: 50,
        disable_scale_in: true,
        predefined_metric_specification: { predefined_metric_type: 'ASGAverageCPUUtilization' },
      },
    });
    expect(policy).not.toHaveProperty('cooldown');
  });

  test('tracks the requests of each target', () => {
    const [policy] = scaled({
      type: 'target-tracking',
      name: 'requests',
      metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 600 },
    })('aws_autoscaling_policy');
    expect(policy?.target_tracking_configuration).toMatchObject({
      target_value: 600,
      predefined_metric_specification: {
        predefined_metric_type: 'ALBRequestCountPerTarget',
        resource_label: 'app/web/1/targetgroup/web/2',
      },
    });
  });

  test('scales by a forecast of one of AWS’s metric pairs, with every field of the policy', () => {
    const policies = scaled(
      {
        ...{ type: 'predictive', name: 'ahead', mode: 'ForecastAndScale', schedulingBufferTimeSeconds: 600 },
        ...{ maxCapacityBreachBehavior: 'IncreaseMaxCapacity', maxCapacityBuffer: 10 },
        metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 600 },
      },
      { type: 'predictive', name: 'shown', metric: { kind: 'cpu', targetPercent: 40 } },
    )('aws_autoscaling_policy');
    expect(policies).toMatchObject([
      {
        ...{ name: 'ahead', autoscaling_group_name: 'web', policy_type: 'PredictiveScaling' },
        predictive_scaling_configuration: {
          mode: 'ForecastAndScale',
          scheduling_buffer_time: '600',
          max_capacity_breach_behavior: 'IncreaseMaxCapacity',
          max_capacity_buffer: '10',
          metric_specification: {
            target_value: 600,
            predefined_metric_pair_specification: {
              predefined_metric_type: 'ALBRequestCount',
              resource_label: 'app/web/1/targetgroup/web/2',
            },
          },
        },
      },
      {
        predictive_scaling_configuration: {
          ...{ mode: 'ForecastOnly', scheduling_buffer_time: '300' },
          max_capacity_breach_behavior: 'HonorMaxCapacity',
          metric_specification: {
            target_value: 40,
            predefined_metric_pair_specification: { predefined_metric_type: 'ASGCPUUtilization' },
          },
        },
      },
    ]);
    expect(policies[1]?.predictive_scaling_configuration).not.toHaveProperty('max_capacity_buffer');
  });

  test('tracks a metric of one’s own, and a sum of several by metric math', () => {
    const policies = scaled(
      { type: 'target-tracking', name: 'custom', metric: { kind: 'custom', ...orders, targetValue: 5 } },
      {
        type: 'target-tracking',
        name: 'sum',
        metric: { kind: 'sum', metrics: [orders, { ...orders, metricName: 'Returns' }], targetValue: 5 },
      },
    )('aws_autoscaling_policy');
    const configuration = (name: string) =>
      policies.find((policy) => policy.name === name)?.target_tracking_configuration;
    expect(configuration('custom')).toMatchObject({
      customized_metric_specification: {
        namespace: 'Shop',
        metric_name: 'Orders',
        metric_dimension: [{ name: 'Queue', value: 'web' }],
      },
    });
    expect(configuration('sum')).toMatchObject({
      customized_metric_specification: {
        metrics: [
          { id: 'm1', return_data: false },
          { id: 'm2', return_data: false },
          { id: 'total', expression: 'm1 + m2', return_data: true },
        ],
      },
    });
  });

  test('tracks a metric of less than a minute by its period, and leaves the default out', () => {
    const metrics = [orders, { ...orders, metricName: 'Returns' }];
    const policies = scaled(
      {
        type: 'target-tracking',
        name: 'fast',
        metric: { kind: 'custom', ...orders, targetValue: 5, periodSeconds: 10 },
      },
      { type: 'target-tracking', name: 'slow', metric: { kind: 'custom', ...orders, targetValue: 5 } },
      {
        type: 'target-tracking',
        name: 'sum',
        metric: { kind: 'sum', metrics, targetValue: 5, periodSeconds: 30 },
      },
    )('aws_autoscaling_policy');
    const specification = (name: string) =>
      (
        policies.find((policy) => policy.name === name)?.target_tracking_configuration as {
          readonly customized_metric_specification: Readonly<Record<string, unknown>>;
        }
      ).customized_metric_specification;
    expect(specification('fast')).toMatchObject({ metric_name: 'Orders', period: 10 });
    expect(specification('slow')).not.toHaveProperty('period');
    expect(specification('sum')).toMatchObject({
      metrics: [{ metric_stat: { period: 30 } }, { metric_stat: { period: 30 } }, { id: 'total' }],
    });
  });

  test('moves by steps that an alarm at high resolution sets off', () => {
    const [alarm] = scaled({
      type: 'step',
      name: 'fast',
      metric: { kind: 'custom', ...orders, periodSeconds: 10 },
      alarm: { comparison: 'GreaterThanThreshold', threshold: 60 },
      steps: [{ lowerBound: 0, adjustment: 1 }],
    })('aws_cloudwatch_metric_alarm');
    expect(alarm).toMatchObject({ metric_name: 'Orders', period: 10 });
  });

  test('moves by steps that an alarm on the group’s CPU sets off', () => {
    const of = scaled({
      type: 'step',
      name: 'out',
      metric: { kind: 'cpu' },
      alarm: { comparison: 'GreaterThanOrEqualToThreshold', threshold: 60 },
      steps: [
        { lowerBound: 0, upperBound: 20, adjustment: 1 },
        { lowerBound: 20, adjustment: 3 },
      ],
    });
    expect(of('aws_autoscaling_policy')).toMatchObject([
      {
        policy_type: 'StepScaling',
        adjustment_type: 'ChangeInCapacity',
        step_adjustment: [
          { metric_interval_lower_bound: '0', metric_interval_upper_bound: '20', scaling_adjustment: 1 },
          { metric_interval_lower_bound: '20', scaling_adjustment: 3 },
        ],
      },
    ]);
    const [alarm] = of('aws_cloudwatch_metric_alarm');
    expect(alarm).toMatchObject({
      namespace: 'AWS/EC2',
      metric_name: 'CPUUtilization',
      dimensions: { AutoScalingGroupName: 'web' },
      threshold: 60,
    });
    expect(alarm?.alarm_actions).toEqual([expect.stringContaining('aws_autoscaling_policy')]);
  });

  test('moves bounds at given times, and leaves the others alone', () => {
    const [action] = scaled({
      type: 'scheduled',
      name: 'morning',
      schedule: 'cron(0 7 ? * MON-FRI *)',
      timeZone: 'Europe/Berlin',
      minCapacity: 3,
    })('aws_autoscaling_schedule');
    expect(action).toMatchObject({
      scheduled_action_name: 'morning',
      recurrence: '0 7 * * MON-FRI',
      time_zone: 'Europe/Berlin',
      min_size: 3,
      max_size: -1,
      desired_capacity: -1,
    });
  });
});
