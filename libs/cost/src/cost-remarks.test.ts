import { expect, test } from '@jest/globals';
import { type Environment, listPrices, replacePrices } from '@tideline/config';
import { preset } from '../test/environments.ts';
import { defaultCostAssumptions } from './cost-assumptions.ts';
import { costRemarks } from './cost-remarks.ts';
import { costScenarios } from './scenarios.ts';

function remarks(environment: Environment, requestsPerSecond = 10, prices = listPrices): readonly string[] {
  const load = { requestsPerSecond, hoursPerDay: 8 };
  const { scenarios } = costScenarios(environment, { load, assumptions: defaultCostAssumptions, prices });
  return costRemarks(environment, { typical: scenarios.typical, prices });
}

test('the reference system has none', () => {
  expect(remarks(preset('load-driven'))).toEqual([]);
});

test('prices of another region are told, until they are replaced', () => {
  const environment = preset('load-driven', { region: 'eu-west-1' });
  expect(remarks(environment).join()).toMatch(
    /^\d+ of \d+ prices are of another region than eu-west-1; give/,
  );
  const all = Object.fromEntries(Object.entries(listPrices).map(([name, { usd }]) => [name, usd]));
  const prices = replacePrices(listPrices, { region: 'eu-west-1', prices: all }, 'mine.json');
  expect(remarks(environment, 10, prices)).toEqual([]);
});

test('a cheaper way out of the private subnets is named', () => {
  expect(remarks(preset('stateless-asg'))).toContain(
    'network.egress=nat would cost 73.00 instead of 87.60 USD a month before traffic; docs/reference/configuration.md says what else it changes',
  );
});

test('credits in the typical figure are told', () => {
  expect(remarks(preset('stateless-asg'), 200).join()).toMatch(/credits of \d+\.\d\d USD a month are in the/);
});

test('what it costs to hold a target above the baseline is told, where credits are sold', () => {
  const instances = (over: object) =>
    remarks(
      preset('stateless-asg', { compute: { kind: 'ec2-asg', instanceType: 't3.micro', ...over } }),
    ).join();
  // 50 % of 2 vCPU less 0.2 that are earned, at 0.05 USD an hour.
  expect(instances({})).toContain(
    'Policy cpu scales out at 50 % of CPU: a t3.micro that is held there the whole month buys 29.20 USD of credits, as it earns 0.2 of the 1 vCPU that it then uses',
  );
  expect(instances({ cpuCredits: 'standard' })).not.toContain('USD of credits');
  expect(instances({ cpuCredits: 'standard' })).toMatch(/t3\.micro is throttled when its credits are gone/);
});

test('T2 is said to be throttled instead', () => {
  const environment = preset('stateless-asg', { compute: { kind: 'ec2-asg', instanceType: 't2.micro' } });
  expect(remarks(environment, 50).join()).toMatch(/t2\.micro is throttled .* asks for \d+ % of its CPU/);
});

test('a policy on a metric that cannot be foreseen is named', () => {
  const environment = preset('fargate-alb', {
    scaling: {
      policies: [
        {
          type: 'target-tracking',
          name: 'queue',
          metric: { kind: 'custom', namespace: 'Shop', metricName: 'Backlog', targetValue: 5 },
        },
      ],
    },
  });
  expect(remarks(environment)).toEqual([
    'Policy queue follows a metric that nothing here can foresee: it never acts in the typical day',
  ]);
});

test('a forecast is free, and what it has ready is in the figures', () => {
  const predictive = (over: object) =>
    preset('load-driven', {
      scaling: {
        policies: [
          {
            ...{ type: 'predictive', name: 'ahead', ...over },
            metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 600 },
          },
        ],
      },
    });
  const free = 'Policy ahead costs nothing itself: its metrics are AWS’s own, and it has no alarm';
  expect(remarks(predictive({}))).toContain(free);
  expect(remarks(predictive({ mode: 'ForecastAndScale' }))).toContain(
    `${free}; what it has ready is in the typical day, which is forecast from equal days`,
  );
  const raised = { maxCapacityBreachBehavior: 'IncreaseMaxCapacity', maxCapacityBuffer: 10 };
  expect(remarks(predictive({ mode: 'ForecastAndScale', ...raised })).join()).toContain(
    'may be more than the maximum figure',
  );
});
