import { expect, test } from '@jest/globals';
import { environmentOn } from '@tideline/config/testing';
import { simulate } from '@tideline/scaling';
import { ModelledTwin } from './modelled-twin.ts';

const orders = { namespace: 'Shop', metricName: 'Orders', dimensions: {} };
const quietSeconds = 900;
const busySeconds = 480;

test.each([10, 30, 60] as const)(
  'a group follows a metric of %s s on the twin as in the simulator',
  async (periodSeconds) => {
    const environment = environmentOn('ec2-asg', {
      capacity: { min: 2, max: 9, desired: 2 },
      healthCheck: { gracePeriodSeconds: 300 },
      scaling: {
        policies: [
          {
            ...{ type: 'target-tracking', name: 'orders' },
            metric: { kind: 'custom', ...orders, targetValue: 10, periodSeconds },
          },
        ],
      },
      assumptions: { instanceStartSeconds: { min: 60, max: 60 } },
    });
    const twin = new ModelledTwin(environment);
    await twin.clock.advance(quietSeconds);
    for (let second = 0; second < busySeconds; second += 5) {
      twin.scaled.custom.put({ ...orders, value: 25 });
      await twin.clock.advance(5);
    }
    twin.close();
    const moves = twin.moves().map(({ cloudSeconds, from, to }) => ({ seconds: cloudSeconds, from, to }));
    const { decisions } = simulate({ stepSeconds: busySeconds, requestsPerSecond: [0] }, environment, {
      loadStartsAtSeconds: quietSeconds,
      customMetrics: { 'Shop/Orders/Average': { stepSeconds: busySeconds, values: [25] } },
    });
    const simulated = decisions
      .filter(({ outcome }) => outcome === 'scaled')
      .map(({ seconds, from, to }) => ({ seconds, from, to }));
    expect(moves[0]).toEqual({
      seconds: quietSeconds + 3 * periodSeconds + (periodSeconds < 60 ? 22.5 : 168),
      from: 2,
      to: 5,
    });
    expect(moves).toEqual(simulated);
  },
);
