import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CountFrom, type ElasticityInput, demandOf, elasticity } from './elasticity.ts';

const at = (...pairs: readonly (readonly [number, number])[]): CountFrom[] =>
  pairs.map(([seconds, count]) => ({ seconds, count }));
const rates = (...pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([seconds, requestsPerSecond]) => ({ seconds, requestsPerSecond }));

describe('demand', () => {
  test('is the least units that carry the rate', () => {
    const load = rates([0, 0], [60, 10], [120, 10.1], [180, 20], [240, 0]);
    expect(demandOf(load, 10)).toEqual(at([0, 0], [60, 1], [120, 2], [240, 0]));
  });

  test('asks for no unit more because of rounding', () => {
    expect(2.1 / 0.7).toBeGreaterThan(3);
    expect(demandOf(rates([0, 2.1]), 0.7)).toEqual(at([0, 3]));
  });

  test('of a unit that carries nothing is refused', () => {
    expect(() => demandOf(rates([0, 1]), 0)).toThrow('unitRequestsPerSecond: got 0');
  });
});

/**
 * An hour. Demand 2, from 600 s on 4, from 1800 s on 1; supply 2, from 900 s on 4, from 2400 s on 1.
 * Short 2 of 4 for 300 s; surplus 3 over 1 for 600 s.
 */
const hour: ElasticityInput = {
  fromSeconds: 0,
  toSeconds: 3600,
  demand: at([0, 2], [600, 4], [1800, 1]),
  supply: at([0, 2], [900, 4], [2400, 1]),
  load: rates([0, 20], [600, 35], [1800, 10]),
  unitRequestsPerSecond: 10,
};

describe('elasticity', () => {
  test('is as worked out by hand', () => {
    const figures = elasticity(hour);
    expect(figures.underProvisioning.meanUnits).toBeCloseTo((2 * 300) / 3600, 12);
    expect(figures.underProvisioning.accuracyPercent).toBeCloseTo((100 * (2 / 4) * 300) / 3600, 12);
    expect(figures.underProvisioning.timePercent).toBeCloseTo((100 * 300) / 3600, 12);
    expect(figures.underProvisioning.unitSeconds).toBe(600);
    expect(figures.overProvisioning.meanUnits).toBeCloseTo((3 * 600) / 3600, 12);
    expect(figures.overProvisioning.accuracyPercent).toBeCloseTo((100 * 3 * 600) / 3600, 12);
    expect(figures.overProvisioning.timePercent).toBeCloseTo((100 * 600) / 3600, 12);
    expect(figures.overProvisioning.unitSeconds).toBe(1800);
    // Four minutes in which one moved and the other did not.
    expect(figures.instabilityPercent).toBeCloseTo((100 * 4 * 60) / 3600, 12);
    expect(figures.jitterPerHour).toBe(0);
    expect(figures.adaptationsPerHour).toEqual({ supply: 2, demand: 2 });
    expect(figures.unitHours).toBeCloseTo((2 * 900 + 4 * 1500 + 1200) / 3600, 12);
    expect(figures.meanUnits.demand).toBeCloseTo((2 * 600 + 4 * 1200 + 1800) / 3600, 12);
    // 35 requests/s met two units, which carry 20, for 300 s.
    expect(figures.requests).toBe(20 * 600 + 35 * 1200 + 10 * 1800);
    expect(figures.aboveCapacity.requests).toBeCloseTo(15 * 300, 9);
    expect(figures.aboveCapacity.percent).toBeCloseTo((100 * 4500) / 72_000, 12);
    expect(figures.aboveCapacity.longestSeconds).toBe(300);
  });

  test('is per hour where it counts adaptations, whatever time is judged', () => {
    const supply = at([0, 2], [60, 3], [900, 4], [2400, 1]);
    const halfAnHour = elasticity({ ...hour, toSeconds: 1800, supply });
    expect(halfAnHour.adaptationsPerHour).toEqual({ supply: 4, demand: 2 });
    expect(halfAnHour.jitterPerHour).toBe(2);
    const threeHours = elasticity({ ...hour, toSeconds: 3 * 3600, supply });
    expect(threeHours.adaptationsPerHour).toEqual({ supply: 1, demand: 2 / 3 });
    expect(threeHours.jitterPerHour).toBeCloseTo(1 / 3, 12);
  });

  test('is the same at any time of day', () => {
    const later = <Point extends { readonly seconds: number }>(points: readonly Point[]) =>
      points.map((point) => ({ ...point, seconds: point.seconds + 7200 }));
    const lists = { demand: later(hour.demand), supply: later(hour.supply), load: later(hour.load) };
    const time = { fromSeconds: 7200, toSeconds: 10_800 };
    expect(elasticity({ ...hour, ...time, ...lists })).toEqual({ ...elasticity(hour), ...time });
  });

  test.each([
    ['in a last sample cut short', 100, 40],
    ['in a whole last sample', 120, 60],
    ['in a sample that is not the last', 240, 60],
  ])('counts a movement %s for as long as the sample is', (_, seconds, unstable) => {
    const time = { fromSeconds: 30, toSeconds: 30 + seconds };
    const { instabilityPercent } = elasticity({
      ...hour,
      ...time,
      demand: at([0, 2]),
      supply: at([0, 2], [100, 3]),
    });
    expect(instabilityPercent).toBeCloseTo((100 * unstable) / seconds, 12);
  });

  test('sees nothing of what changes when the time is over', () => {
    const whole = at([0, 2], [600, 4]);
    const cut = { ...hour, toSeconds: 600, load: rates([0, 20], [600, 90]) };
    expect(elasticity({ ...cut, demand: whole, supply: at([0, 2]) })).toMatchObject({
      adaptationsPerHour: { supply: 0, demand: 0 },
      instabilityPercent: 0,
      aboveCapacity: { requests: 0 },
    });
  });

  test('has no request above capacity where the demand asks for no unit', () => {
    const load = rates([0, 1e-9]);
    expect(demandOf(load, 1)).toEqual(at([0, 0]));
    const { aboveCapacity } = elasticity({ ...hour, load, supply: [], unitRequestsPerSecond: 1 });
    expect(aboveCapacity).toEqual({ requests: 0, percent: 0, longestSeconds: 0 });
  });

  test('counts idle units in whole where nothing is asked for', () => {
    const idle = elasticity({
      ...hour,
      demand: at([0, 0]),
      supply: at([0, 2]),
      load: [],
    });
    expect(idle.overProvisioning.accuracyPercent).toBe(200);
    expect(idle.underProvisioning.accuracyPercent).toBe(0);
    expect(idle.aboveCapacity).toEqual({ requests: 0, percent: 0, longestSeconds: 0 });
  });

  test('counts supply and demand that change within one sample the same way as moving together', () => {
    const together = elasticity({ ...hour, demand: at([0, 1], [601, 3]), supply: at([0, 1], [659, 2]) });
    expect(together.instabilityPercent).toBe(0);
    const apart = elasticity({ ...hour, demand: at([0, 1], [600, 3]), supply: at([0, 1], [659, 2]) });
    expect(apart.instabilityPercent).toBeCloseTo((100 * 120) / 3600, 12);
    const against = elasticity({ ...hour, demand: at([0, 1], [601, 3]), supply: at([0, 2], [659, 1]) });
    expect(against.instabilityPercent).toBeCloseTo((100 * 60) / 3600, 12);
  });

  test('takes nothing for granted before the first entry, and nothing outside the time', () => {
    const late = elasticity({ ...hour, supply: at([1800, 4]), demand: at([-600, 4]), load: rates([-9, 40]) });
    expect(late.underProvisioning.timePercent).toBe(50);
    expect(late.aboveCapacity.requests).toBe(40 * 1800);
    expect(late.adaptationsPerHour).toEqual({ supply: 1, demand: 0 });
  });

  test('refuses an empty time, entries out of order, and counts below 0', () => {
    expect(() => elasticity({ ...hour, toSeconds: 0 })).toThrow('from 0 to 0 s');
    expect(() => elasticity({ ...hour, supply: at([0, 1], [20, 2], [10, 3]) })).toThrow('order of time');
    expect(() => elasticity({ ...hour, demand: at([0, -1]) })).toThrow('got -1');
    expect(() => elasticity({ ...hour, supply: at([0, Infinity]) })).toThrow(
      'got Infinity; allowed is a finite',
    );
  });

  test.each(['unitRequestsPerSecond', 'instabilityStepSeconds'])(
    'refuses a %s that is not above 0',
    (name) => {
      for (const value of [0, -1, NaN, Infinity])
        expect(() => elasticity({ ...hour, [name]: value })).toThrow(
          `${name}: got ${value}; allowed is a finite number above 0`,
        );
    },
  );

  test.each([
    [-Infinity, 3600],
    [0, Infinity],
    [NaN, 3600],
    [0, NaN],
  ])('refuses a time from %d to %d s', (fromSeconds, toSeconds) => {
    expect(() => elasticity({ ...hour, fromSeconds, toSeconds })).toThrow(
      `got a time from ${fromSeconds} to ${toSeconds} s`,
    );
  });
});

const steps = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 9 })), { maxLength: 30 })
  .map((pairs) => at(...pairs.toSorted(([one], [other]) => one - other)));
const loads = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 300 })), { maxLength: 30 })
  .map((pairs) => rates(...pairs.toSorted(([one], [other]) => one - other)));
const inputs = fc.record({ demand: steps, supply: steps, load: loads }).map((lists) => ({
  ...hour,
  ...lists,
}));
const dimensionless = (input: ElasticityInput) => {
  const { underProvisioning, overProvisioning, aboveCapacity, ...figures } = elasticity(input);
  const shares = ({ accuracyPercent, meanUnits, timePercent }: typeof underProvisioning) => [
    ...[accuracyPercent, meanUnits, timePercent],
  ];
  return [
    ...shares(underProvisioning),
    ...shares(overProvisioning),
    figures.instabilityPercent,
    aboveCapacity.percent,
    figures.meanUnits.demand,
    figures.meanUnits.supply,
  ];
};
const expectClose = (got: readonly number[], wanted: readonly number[]) => {
  for (const [index, value] of wanted.entries()) expect(got[index]).toBeCloseTo(value, 6);
};

describe('any elasticity', () => {
  test('of a supply that is the demand is nothing but zeros', () => {
    fc.assert(
      fc.property(loads, fc.constantFrom(0.1, 3, 10, 33.3), (load, unitRequestsPerSecond) => {
        const demand = demandOf(load, unitRequestsPerSecond);
        const perfect = elasticity({ ...hour, load, demand, supply: demand, unitRequestsPerSecond });
        const zero = { accuracyPercent: 0, meanUnits: 0, timePercent: 0, unitSeconds: 0 };
        expect(perfect).toMatchObject({
          underProvisioning: zero,
          overProvisioning: zero,
          instabilityPercent: 0,
          jitterPerHour: 0,
          aboveCapacity: { requests: 0, percent: 0, longestSeconds: 0 },
        });
      }),
    );
  });

  test('without a dimension stays when all of time is multiplied', () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 2, max: 50 }), (input, factor) => {
        const slower = <Point extends { readonly seconds: number }>(points: readonly Point[]) =>
          points.map((point) => ({ ...point, seconds: point.seconds * factor }));
        const slow = {
          ...input,
          toSeconds: input.toSeconds * factor,
          instabilityStepSeconds: 60 * factor,
          demand: slower(input.demand),
          supply: slower(input.supply),
          load: slower(input.load),
        };
        expectClose(dimensionless(slow), dimensionless(input));
      }),
    );
  });

  test('has under and over swapped where demand and supply are', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const straight = elasticity(input);
        const swapped = elasticity({ ...input, demand: input.supply, supply: input.demand });
        const kept = ({ meanUnits, timePercent, unitSeconds }: typeof straight.underProvisioning) => [
          ...[meanUnits, timePercent, unitSeconds],
        ];
        expectClose(kept(swapped.underProvisioning), kept(straight.overProvisioning));
        expectClose(kept(swapped.overProvisioning), kept(straight.underProvisioning));
        expect(swapped.instabilityPercent).toBe(straight.instabilityPercent);
        expect(swapped.jitterPerHour).toBeCloseTo(-straight.jitterPerHour, 9);
      }),
    );
  });

  test('stays when an interval is split in two of the same count', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const split = <Point extends { readonly seconds: number }>(points: readonly Point[]) =>
          points.flatMap((point, index) => {
            const next = points[index + 1]?.seconds ?? 4000;
            return [point, { ...point, seconds: (point.seconds + next) / 2 }];
          });
        const fine = {
          ...input,
          demand: split(input.demand),
          supply: split(input.supply),
          load: split(input.load),
        };
        const [one, other] = [elasticity(fine), elasticity(input)];
        expectClose(dimensionless(fine), dimensionless(input));
        expect(one.adaptationsPerHour).toEqual(other.adaptationsPerHour);
        expect(one.aboveCapacity.longestSeconds).toBeCloseTo(other.aboveCapacity.longestSeconds, 6);
      }),
    );
  });
});
