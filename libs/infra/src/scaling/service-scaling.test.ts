import { describe, expect, test } from '@jest/globals';
import type { EnvironmentInput } from '@tideline/config';
import { TerraformStack, Testing } from 'cdktf';
import { environment, identity, resourcesOf } from '../../test/synthesise.ts';
import { ServiceScaling } from './service-scaling.ts';

type Policy = NonNullable<NonNullable<EnvironmentInput['scaling']>['policies']>[number];

const scaling = (...policies: Policy[]) => environment({ scaling: { policies } });

const rendered = (...policies: Policy[]) =>
  resourcesOf((stack) => {
    new ServiceScaling(stack, 'scaling', { environment: scaling(...policies), identity });
  });

const morning: Policy = {
  type: 'scheduled',
  name: 'morning',
  schedule: 'cron(0 7 ? * MON-FRI *)',
  timeZone: 'Europe/Berlin',
  minCapacity: 4,
};
const cpu: Policy = { type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 50 } };
const steps: Policy = {
  type: 'step',
  name: 'steps',
  metric: { kind: 'cpu' },
  alarm: { comparison: 'GreaterThanThreshold', threshold: 50 },
  steps: [{ lowerBound: 0, adjustment: 1 }],
};

describe('the scaling of a service', () => {
  test('has no predictive policy, which its provider does not know', () => {
    const metric = { kind: 'cpu', targetPercent: 40 } as const;
    expect(() => rendered({ type: 'predictive', name: 'ahead', metric })).toThrow(
      'scaling.policies.ahead: aws_appautoscaling_policy of AWS provider 5.100.0 has no predictive scaling',
    );
  });

  test('has the bounds of the description on the service’s desired count', () => {
    expect(rendered()('aws_appautoscaling_target')).toEqual([
      {
        max_capacity: 6,
        min_capacity: 2,
        resource_id: 'service/tideline-dev/tideline-dev-api',
        scalable_dimension: 'ecs:service:DesiredCount',
        service_namespace: 'ecs',
        suspended_state: {
          dynamic_scaling_in_suspended: false,
          dynamic_scaling_out_suspended: false,
          scheduled_scaling_suspended: false,
        },
      },
    ]);
  });

  test('has a policy or an action for each member of the description', () => {
    const of = rendered(cpu, steps, morning);
    expect(of('aws_appautoscaling_policy').map(({ name, policy_type }) => [name, policy_type])).toEqual([
      ['cpu', 'TargetTrackingScaling'],
      ['steps', 'StepScaling'],
    ]);
    expect(of('aws_appautoscaling_scheduled_action')).toMatchObject([
      {
        name: 'morning',
        schedule: 'cron(0 7 ? * MON-FRI *)',
        timezone: 'Europe/Berlin',
        scalable_target_action: { min_capacity: '4' },
      },
    ]);
  });

  test('lets a step policy’s alarm set off that policy alone', () => {
    const [alarm] = rendered(steps)('aws_cloudwatch_metric_alarm');
    expect(alarm?.alarm_actions).toEqual([
      expect.stringMatching(/^\$\{aws_appautoscaling_policy\.scaling_policy-steps_[0-9A-F]{8}\.arn\}$/),
    ]);
  });

  test('leaves a bound alone that a scheduled action moves', () => {
    expect(rendered(morning)('aws_appautoscaling_target')).toMatchObject([
      { lifecycle: { ignore_changes: ['min_capacity'] } },
    ]);
    expect(rendered({ ...morning, maxCapacity: 9 })('aws_appautoscaling_target')).toMatchObject([
      { lifecycle: { ignore_changes: ['min_capacity', 'max_capacity'] } },
    ]);
  });

  test.each([
    [cpu, 0],
    [{ ...cpu, highAlarm: { evaluationPeriods: 5 } }, 1],
    [{ ...cpu, lowThresholdFraction: 0.8 }, 1],
  ] satisfies [Policy, number][])('warns of alarms that AWS would choose otherwise: %j', (policy, count) => {
    const stack = new TerraformStack(Testing.app(), 'stack');
    const construct = new ServiceScaling(stack, 'scaling', { environment: scaling(policy), identity });
    const warnings = construct.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === '@cdktf/warn');
    expect(warnings).toHaveLength(count);
  });
});
