import { describe, expect, test } from '@jest/globals';
import { stepPolicy, withPolicies } from '../../test/descriptions.ts';
import { ConfigurationError } from '../configuration-error.ts';
import type { EnvironmentInput } from '../environment.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';

const codesOf = (input: EnvironmentInput): readonly string[] => {
  try {
    resolveEnvironment(input);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ code }) => code);
    throw error;
  }
};

/** Holds a metric that is published elsewhere. */
const customPolicy = (periodSeconds: 10 | 20 | 30) =>
  ({
    type: 'target-tracking',
    name: 'orders',
    metric: { kind: 'custom', namespace: 'Shop', metricName: 'Orders', targetValue: 5, periodSeconds },
  }) as const;

describe('a metric of less than a minute', () => {
  test.each([
    ['20 s, which EC2 Auto Scaling does not take', 20, 'us-east-1'],
    ['10 s in GovCloud', 10, 'us-gov-west-1'],
  ] as const)('is not held by a group: %s', (_what, periodSeconds, region) => {
    const group = { ...withPolicies(customPolicy(periodSeconds)), compute: { kind: 'ec2-asg' } } as const;
    expect(codesOf({ ...group, region })).toEqual(['TL-CONFIG-METRIC-PERIOD']);
  });

  test('is refused with what the other side lacks, and a way', () => {
    const refused = (): unknown => resolveEnvironment(withPolicies(customPolicy(10)));
    expect(refused).toThrow(
      'scaling.policies.orders.metric.periodSeconds: got 10; allowed here: 60, since Application Auto Scaling takes no period in customized_metric_specification (aws_appautoscaling_policy has none there, nor in metrics.metric_stat). Set an allowed value, or follow the metric by a step policy, whose alarm has a period',
    );
  });

  test.each([10, 30] as const)('of %s s is held by a group, which takes it', (periodSeconds) => {
    const group = { ...withPolicies(customPolicy(periodSeconds)), compute: { kind: 'ec2-asg' } } as const;
    expect(codesOf(group)).toEqual([]);
    const [policy] = resolveEnvironment(group).scaling.policies;
    expect(policy).toMatchObject({ lowAlarm: { evaluationPeriods: 30 } });
  });

  test.each(['fargate', 'ecs-ec2', 'ec2-asg'] as const)('sets off steps of %s', (kind) => {
    const metric = { kind: 'custom', namespace: 'Shop', metricName: 'Orders', periodSeconds: 20 } as const;
    expect(codesOf({ ...withPolicies(stepPolicy({ metric })), compute: { kind } })).toEqual([]);
  });
});
