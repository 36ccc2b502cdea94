import { describe, expect, test } from '@jest/globals';
import { metricKey } from '@tideline/config';
import { environmentOn } from '@tideline/config/testing';
import { simulate } from '../src/index.ts';

type Over = NonNullable<Parameters<typeof environmentOn<'fargate'>>[1]>;
type Policy = NonNullable<NonNullable<Over['scaling']>['policies']>[number];

const tracking = (metric: Extract<Policy, { type: 'target-tracking' }>['metric']): Policy => ({
  type: 'target-tracking',
  name: 'tracking',
  metric,
});

/** A busy hour at a service that begins with no task. */
const hourFromZero = (policy: Policy, over: Over = {}) => {
  const environment = environmentOn('fargate', {
    capacity: { min: 0, max: 6, desired: 0 },
    scaling: { policies: [policy] },
    ...over,
  });
  const key = metricKey({
    namespace: 'Shop',
    metricName: 'QueueLength',
    dimensions: {},
    statistic: 'Average',
  });
  return simulate({ stepSeconds: 3600, requestsPerSecond: [50] }, environment, {
    customMetrics: { [key]: { stepSeconds: 3600, values: [60] } },
  });
};

describe('a service without a task', () => {
  test.each([
    ['requests per target', tracking({ kind: 'requests-per-target', requestsPerTargetPerMinute: 600 })],
    ['CPU', tracking({ kind: 'cpu', targetPercent: 50 })],
    ['memory', tracking({ kind: 'memory', targetPercent: 10 })],
    ['response time', tracking({ kind: 'response-time', targetMilliseconds: 1 })],
  ])('stays at zero where it follows %s, which needs one', (_, policy) => {
    const { peakDesired, decisions, alarmChanges } = hourFromZero(policy);
    expect({ peakDesired, decisions, alarmChanges }).toEqual({
      peakDesired: 0,
      decisions: [],
      alarmChanges: [],
    });
  });

  test('stays at zero where a step on requests per target would leave it', () => {
    const step: Policy = {
      type: 'step',
      name: 'step',
      metric: { kind: 'requests-per-target' },
      alarm: { comparison: 'GreaterThanThreshold', threshold: 10 },
      steps: [{ lowerBound: 0, adjustment: 1 }],
    };
    expect(hourFromZero(step).peakDesired).toBe(0);
  });

  test('leaves zero by a metric that something else publishes', () => {
    const queue = { kind: 'custom', namespace: 'Shop', metricName: 'QueueLength', targetValue: 10 } as const;
    expect(hourFromZero(tracking(queue)).peakDesired).toBe(6);
  });

  test('that goes to zero when load ends does not come back with it', () => {
    const policy = tracking({ kind: 'requests-per-target', requestsPerTargetPerMinute: 600 });
    const environment = environmentOn('fargate', {
      capacity: { min: 0, max: 6, desired: 1 },
      scaling: { policies: [policy] },
    });
    const trace = { stepSeconds: 3600, requestsPerSecond: [5, 0, 50] };
    expect(simulate(trace, environment)).toMatchObject({ peakDesired: 1, finalDesired: 0 });
  });
});
