import { describe, expect, test } from '@jest/globals';
import { environmentOn } from '@tideline/config/testing';
import { simulate } from '../src/index.ts';

const orders = { namespace: 'Shop', metricName: 'Orders', statistic: 'Average' } as const;
const lagSeconds = 20;

/** A group that holds ten orders an instance, by datapoints of so many seconds. */
const group = (periodSeconds: 10 | 30 | 60) =>
  environmentOn('ec2-asg', {
    capacity: { min: 1, max: 8, desired: 1 },
    compute: { warmupSeconds: 0 },
    scaling: {
      policies: [
        {
          ...{ type: 'target-tracking', name: 'orders' },
          metric: { kind: 'custom', ...orders, targetValue: 10, periodSeconds },
        },
      ],
    },
    assumptions: { metricLagSeconds: lagSeconds, instanceStartSeconds: { min: 5, max: 5 } },
  });

/** Orders an instance: too many from the first second on, and what is left of them later. */
const firstScaleOut = (periodSeconds: 10 | 30 | 60): number | undefined =>
  simulate({ stepSeconds: 600, requestsPerSecond: [0] }, group(periodSeconds), {
    customMetrics: { 'Shop/Orders/Average': { stepSeconds: 600, values: [40] } },
  }).decisions.find(({ outcome }) => outcome === 'scaled')?.seconds;

describe('a metric of a group at high resolution', () => {
  test.each([10, 30, 60] as const)('of %s s scales out after three of its periods and the lag', (period) => {
    expect(firstScaleOut(period)).toBe(3 * period + lagSeconds);
  });

  test('and at a minute are two series of one metric, each with its own datapoints', () => {
    const environment = environmentOn('ec2-asg', {
      scaling: {
        policies: ([10, 60] as const).map((periodSeconds) => ({
          ...{ type: 'target-tracking', name: `orders-${periodSeconds}` },
          metric: { kind: 'custom', ...orders, targetValue: 10, periodSeconds },
        })),
      },
    });
    const { decisions } = simulate({ stepSeconds: 900, requestsPerSecond: [0] }, environment, {
      customMetrics: { 'Shop/Orders/Average': { stepSeconds: 900, values: [40] } },
    });
    const first = (policy: string) => decisions.find((decision) => decision.policy === policy)?.seconds;
    // Each with the lag of its own period.
    expect([first('orders-10'), first('orders-60')]).toEqual([3 * 10 + 22.5, 3 * 60 + 168]);
  });
});
