import { describe, expect, test } from '@jest/globals';
import { cpuPolicy, predictivePolicy, withPolicies } from '../../test/descriptions.ts';
import { ConfigurationError } from '../configuration-error.ts';
import type { EnvironmentInput } from '../environment.ts';
import { environmentWarnings } from '../warnings/environment-warnings.ts';
import { resolveEnvironment, resolveLoadProfile } from '../resolve/resolve-environment.ts';
import { forecastingPolicies, movedBounds, policyKind } from './policy-kinds.ts';
import { groupMetricPair } from './predictive.ts';

const problemsOf = (input: EnvironmentInput) => {
  try {
    resolveEnvironment(input);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
};

const cpu = { kind: 'cpu', targetPercent: 50 } as const;

describe('a predictive policy', () => {
  test('has AWS’s defaults: it forecasts only, launches 300 s ahead and honours the maximum', () => {
    const [policy] = forecastingPolicies(resolveEnvironment(withPolicies(predictivePolicy())));
    expect(policy).toMatchObject({
      mode: 'ForecastOnly',
      schedulingBufferTimeSeconds: 300,
      maxCapacityBreachBehavior: 'HonorMaxCapacity',
      maxCapacityBuffer: null,
    });
  });

  test('has no alarm, no cooldown and no target to hold, and takes no capacity away', () => {
    const environment = resolveEnvironment(withPolicies(predictivePolicy({ mode: 'ForecastAndScale' })));
    for (const policy of environment.scaling.policies) {
      const kind = policyKind(policy);
      expect(kind.alarms(policy, environment)).toEqual([]);
      expect([kind.cooldowns(policy), kind.target(policy), kind.schedule(policy)]).toEqual([
        null,
        null,
        null,
      ]);
      expect(kind.scaleIn(policy)).toBe('never');
      expect(kind.summary(policy, environment)).toBe(
        'ahead: ForecastAndScale of RequestCountPerTarget at 600, 300 s before each hour',
      );
    }
  });

  test('has one of AWS’s metric pairs for groups', () => {
    const pairs = forecastingPolicies(
      resolveEnvironment(withPolicies(predictivePolicy(), predictivePolicy({ name: 'cpu', metric: cpu }))),
    ).map(groupMetricPair);
    expect(pairs).toEqual(['ALBRequestCount', 'ASGCPUUtilization']);
  });

  test('moves the maximum only where it scales and may raise it', () => {
    const raise = { maxCapacityBreachBehavior: 'IncreaseMaxCapacity', maxCapacityBuffer: 10 } as const;
    const moved = (over: Parameters<typeof predictivePolicy>[0]) =>
      movedBounds(resolveEnvironment(withPolicies(predictivePolicy(over))));
    expect(moved({ ...raise, mode: 'ForecastAndScale' })).toEqual({ min: false, max: true });
    expect(moved(raise)).toEqual({ min: false, max: false });
    expect(moved({ mode: 'ForecastAndScale' })).toEqual({ min: false, max: false });
  });

  test('beside a policy that tracks the same metric is no duplicate', () => {
    expect(problemsOf(withPolicies(cpuPolicy(), predictivePolicy({ metric: cpu })))).toEqual([]);
  });
});

describe('a predictive policy is refused', () => {
  test.each([
    [
      'without a buffer where it may raise the maximum',
      { maxCapacityBreachBehavior: 'IncreaseMaxCapacity' },
      'got null with maxCapacityBreachBehavior IncreaseMaxCapacity',
    ],
    [
      'with a buffer where it honours the maximum',
      { maxCapacityBuffer: 10 },
      'got 10 with maxCapacityBreachBehavior HonorMaxCapacity',
    ],
  ] as const)('%s', (_, over, message) => {
    const [problem, ...others] = problemsOf(withPolicies(predictivePolicy(over)));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: 'TL-CONFIG-PREDICTIVE-BUFFER',
      path: 'scaling.policies.ahead.maxCapacityBuffer',
    });
    expect(problem?.message).toContain(message);
  });

  test('where another one scales already; any number may forecast only', () => {
    const scales = predictivePolicy({ mode: 'ForecastAndScale' });
    const only = predictivePolicy({ name: 'shown', metric: cpu });
    expect(problemsOf(withPolicies(scales, only))).toEqual([]);
    expect(problemsOf(withPolicies(scales, { ...scales, name: 'again' }))).toMatchObject([
      { code: 'TL-CONFIG-PREDICTIVE-SCALES', path: 'scaling.policies.again.mode' },
    ]);
  });

  test.each([
    ['a buffer of more than an hour', { schedulingBufferTimeSeconds: 3601 }],
    ['a metric that is none of AWS’s pairs', { metric: { kind: 'memory', targetPercent: 50 } }],
    ['room of more than 100 percent', { maxCapacityBuffer: 101 }],
  ])('for %s', (_, over) => {
    const input = withPolicies(predictivePolicy(over as Parameters<typeof predictivePolicy>[0]));
    expect(problemsOf(input).map(({ code }) => code)).toContain('TL-CONFIG-SCHEMA');
  });
});

describe('a predictive policy is doubted', () => {
  const profile = resolveLoadProfile({
    name: 'short',
    stages: [{ users: 10, holdSeconds: 3600, requestsPerSecond: 100 }],
    endpoints: [{ path: '/' }],
  });
  const codesOf = (input: EnvironmentInput) =>
    environmentWarnings(resolveEnvironment(input), profile).map(({ code }) => code);
  const hours = (count: number) => Array.from({ length: count }, () => 5);

  test('where history and load together are less than a day: TL-WARN-PREDICTIVE-HISTORY', () => {
    const input = withPolicies(cpuPolicy(), predictivePolicy());
    const after = (count: number) => codesOf({ ...input, local: { hourlyRequestsPerSecond: hours(count) } });
    expect(codesOf(input)).toContain('TL-WARN-PREDICTIVE-HISTORY');
    expect(after(22)).toContain('TL-WARN-PREDICTIVE-HISTORY');
    expect(after(23)).not.toContain('TL-WARN-PREDICTIVE-HISTORY');
  });

  test('where it scales and nothing else scales in: TL-WARN-NO-SCALE-IN', () => {
    expect(codesOf(withPolicies(predictivePolicy({ mode: 'ForecastAndScale' })))).toContain(
      'TL-WARN-NO-SCALE-IN',
    );
    expect(codesOf(withPolicies(predictivePolicy()))).not.toContain('TL-WARN-NO-SCALE-IN');
  });
});
