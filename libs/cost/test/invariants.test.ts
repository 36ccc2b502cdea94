import { describe, expect, test } from '@jest/globals';
import { type PriceTable, listPrices, presetNames } from '@tideline/config';
import fc from 'fast-check';
import { type Usage, costScenarios, defaultCostAssumptions, estimate } from '../src/index.ts';
import { everyEnvironment, preset } from './environments.ts';

const environments = everyEnvironment();
const environment = fc.constantFrom(...environments);
const usage = fc.record({
  averageUnits: fc.double({ min: 0, max: 100, noNaN: true }),
  requestsPerSecond: fc.double({ min: 0, max: 5000, noNaN: true }),
  hoursPerDay: fc.double({ min: 0, max: 24, noNaN: true }),
  assumptions: fc.constant(defaultCostAssumptions),
});
const cent = 0.01;
const costOf = (of: (typeof environments)[number], by: Usage, prices: PriceTable = listPrices): number =>
  estimate(of, by, prices).monthlyUsd;

describe('an estimate', () => {
  test('is the sum of its lines, none of which is negative', () => {
    fc.assert(
      fc.property(environment, usage, (of, by) => {
        const { lines, monthlyUsd, computeUsd } = estimate(of, by, listPrices);
        const sum = lines.reduce((total, line) => total + line.monthlyUsd, 0);
        expect(Math.abs(sum - monthlyUsd)).toBeLessThan(cent);
        expect(Math.min(...lines.map((line) => line.monthlyUsd))).toBeGreaterThanOrEqual(0);
        expect(computeUsd).toBeLessThanOrEqual(monthlyUsd);
        for (const line of lines) expect(line.monthlyUsd).toBeCloseTo(line.quantity * line.unitPriceUsd, 5);
      }),
    );
  });

  test('has every line once, in the same order whatever the use', () => {
    fc.assert(
      fc.property(environment, usage, usage, (of, one, other) => {
        const ids = (by: Usage) => estimate(of, by, listPrices).lines.map(({ id }) => id);
        expect(ids(one)).toEqual(ids(other));
        expect(new Set(ids(one)).size).toBe(ids(one).length);
      }),
    );
  });

  test.each(['averageUnits', 'requestsPerSecond', 'hoursPerDay'] as const)(
    'does not fall with %s',
    (field) => {
      fc.assert(
        fc.property(environment, usage, usage, (of, one, other) => {
          const [low, high] = [one[field], other[field]].sort((left, right) => left - right);
          const at = (value = 0) => costOf(of, { ...one, [field]: value });
          expect(at(low)).toBeLessThanOrEqual(at(high) + cent);
        }),
      );
    },
  );

  test('does not fall when a price rises', () => {
    const raised = fc.record({
      name: fc.constantFrom(...(Object.keys(listPrices) as (keyof typeof listPrices)[])),
      byUsd: fc.double({ min: 0, max: 10, noNaN: true }),
    });
    fc.assert(
      fc.property(environment, usage, raised, (of, by, { name, byUsd }) => {
        const price = listPrices[name]!;
        const prices = { ...listPrices, [name]: { ...price, usd: price.usd + byUsd } };
        expect(costOf(of, by, prices)).toBeGreaterThanOrEqual(costOf(of, by));
      }),
    );
  });
});

describe('the scenarios of every preset', () => {
  const inputs = (requestsPerSecond: number, hoursPerDay: number) => ({
    load: { requestsPerSecond, hoursPerDay },
    assumptions: defaultCostAssumptions,
    prices: listPrices,
  });

  test('go from minimum over typical to maximum, with the fixed fleet between the last two', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...presetNames),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 0, max: 24 }),
        (name, requestsPerSecond, hoursPerDay) => {
          const { scenarios, saving } = costScenarios(preset(name), inputs(requestsPerSecond, hoursPerDay));
          const { minimum, typical, maximum, fixedFleet } = scenarios;
          expect(minimum.monthlyUsd).toBeLessThanOrEqual(typical.monthlyUsd);
          expect(typical.monthlyUsd).toBeLessThanOrEqual(fixedFleet.monthlyUsd + cent);
          expect(fixedFleet.monthlyUsd).toBeLessThanOrEqual(maximum.monthlyUsd + cent);
          expect(saving.total.monthlyUsd).toBeCloseTo(fixedFleet.monthlyUsd - typical.monthlyUsd, 5);
          expect(saving.compute.percent).toBeGreaterThanOrEqual(saving.total.percent - cent);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('cost more with a higher minimum or maximum', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...presetNames),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 6, max: 12 }),
        (name, min, max) => {
          const cost = (low: number, high: number) =>
            costScenarios(preset(name, { capacity: { min: low, desired: low, max: high } }), inputs(20, 8))
              .scenarios;
          expect(cost(min + 1, max).minimum.monthlyUsd).toBeGreaterThan(cost(min, max).minimum.monthlyUsd);
          expect(cost(min, max + 1).maximum.monthlyUsd).toBeGreaterThan(cost(min, max).maximum.monthlyUsd);
        },
      ),
      { numRuns: 6 },
    );
  });
});
