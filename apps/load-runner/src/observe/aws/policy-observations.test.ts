import { describe, expect, test } from '@jest/globals';
import { serviceEnvironment } from '@tideline/config/testing';
import { highAlarm, lowAlarm, policy as awsPolicy } from '../../../test/fake-aws.ts';
import { listedPolicy } from './watched-service.ts';
import { drivenPolicies, policyMetric, policyObservation } from './policy-observations.ts';

const policy = listedPolicy(awsPolicy);
const environment = serviceEnvironment();
const names = environment.scaling.policies.map(({ name }) => name);

describe('policy observations', () => {
  test('come in the description’s order, and what it does not have comes last', () => {
    const policies = ['by-hand', ...names.toReversed()].map((name) => ({ ...policy, name }));
    const driven = drivenPolicies(environment, { policies, alarms: [] });
    expect(driven.map((each) => each.policy.name)).toEqual([...names, 'by-hand']);
  });

  test('a policy has its own alarms only', () => {
    const other = { ...highAlarm, AlarmName: 'tideline-dev-api-cpu-high' };
    const [driven] = drivenPolicies(environment, { policies: [policy], alarms: [other, lowAlarm] });
    expect(driven?.alarms).toEqual([lowAlarm]);
  });

  test('a policy that the description does not have is named by what its alarm looks at', () => {
    const byHand = { ...policy, name: 'by-hand' };
    expect(policyMetric(environment, { policy: byHand, alarms: [highAlarm] })).toEqual({
      key: 'AWS/ApplicationELB/RequestCountPerTarget/Sum',
      unit: 'None',
    });
    expect(policyMetric(environment, { policy: byHand, alarms: [] }).key).toBe('by-hand');
  });

  test('a step policy has no target, and its alarm may include its threshold', () => {
    const step = { ...policy, target: null };
    const alarm = { ...highAlarm, ComparisonOperator: 'GreaterThanOrEqualToThreshold' } as const;
    expect(policyObservation(environment, { policy: step, alarms: [alarm] })).toMatchObject({
      target: null,
      alarms: [{ comparison: '>=', threshold: 50 }],
    });
  });

  test('an alarm that was never evaluated lacks data', () => {
    const fresh = { ...highAlarm, StateValue: undefined };
    expect(policyObservation(environment, { policy, alarms: [fresh] }).alarms).toMatchObject([
      { state: 'INSUFFICIENT_DATA' },
    ]);
  });
});
