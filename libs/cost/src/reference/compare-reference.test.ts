import { describe, expect, test } from '@jest/globals';
import { listPrices } from '@tideline/config';
import { preset } from '../../test/environments.ts';
import { defaultCostAssumptions } from '../cost-assumptions.ts';
import { costScenarios } from '../scenarios.ts';
import { compareReference } from './compare-reference.ts';

const inputs = (requestsPerSecond: number, hoursPerDay: number) => ({
  load: { requestsPerSecond, hoursPerDay },
  assumptions: defaultCostAssumptions,
  prices: listPrices,
});

describe('stateless-asg beside its published table', () => {
  const { scenarios, saving } = costScenarios(preset('stateless-asg'), inputs(100, 8));
  const comparison = compareReference('stateless-asg', scenarios.minimum);

  test('the table’s items add up to 49 USD, and ours of the same kind come within 15 % of it', () => {
    expect(comparison?.referenceUsd).toBe(49);
    expect(Math.abs((comparison?.comparableUsd ?? 0) - 49) / 49).toBeLessThan(0.15);
  });

  test('everything else at minimum has a reason, and nothing is counted twice', () => {
    const { comparableUsd = 0, leftOutUsd = 0, leftOut = [] } = comparison ?? {};
    expect(comparableUsd + leftOutUsd).toBeCloseTo(scenarios.minimum.monthlyUsd, 4);
    expect(leftOut.map(({ reason }) => reason)).toContain('automatic failover needs a second node');
  });

  test('against ten instances around the clock, scaling saves about 70 % at 100 requests/s for 8 hours a day', () => {
    expect(scenarios.fixedFleet.averageUnits).toBe(comparison?.fixedUnits);
    expect(Math.abs(saving.compute.percent - (comparison?.savingPercent ?? 0))).toBeLessThan(5);
  });

  test('has a reason for every line of every environment like it', () => {
    const over = {
      waf: { enabled: true },
      cdn: { enabled: true },
      accessLogs: { enabled: true },
      observability: { alarmEmail: 'a@example.com' },
    };
    const { minimum } = costScenarios(preset('stateless-asg', over), inputs(0, 0)).scenarios;
    expect(() => compareReference('stateless-asg', minimum)).not.toThrow();
  });
});

test('a preset without a published table has nothing to compare', () => {
  const { minimum } = costScenarios(preset('load-driven'), inputs(0, 0)).scenarios;
  expect(compareReference('load-driven', minimum)).toBeNull();
});
