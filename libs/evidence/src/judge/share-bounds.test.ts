import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ChanceRequests, falseAlarmProbability, shareBounds } from './share-bounds.ts';

const one = (requests: number, probability: number) => shareBounds([{ requests, probability }]);

/** Chance of each count, by adding one request after the other. */
function distribution(parts: readonly ChanceRequests[]): readonly number[] {
  let chances = [1];
  for (const { requests, probability } of parts)
    for (let request = 0; request < requests; request += 1)
      chances = [...chances, 0].map(
        (chance, count) => chance * (1 - probability) + (chances[count - 1] ?? 0) * probability,
      );
  return chances;
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const part = fc.record({
  requests: fc.integer({ min: 0, max: 120 }),
  probability: fc.oneof(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.constantFrom(0, 1)),
});

describe('bounds of a share', () => {
  test('leave out no more than one in a million, of one probability or several', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const chances = distribution(parts);
        const { least, most } = shareBounds(parts);
        expect(least).toBeLessThanOrEqual(most);
        expect(sum(chances.slice(0, least))).toBeLessThanOrEqual(falseAlarmProbability / 2);
        expect(sum(chances.slice(most + 1))).toBeLessThanOrEqual(falseAlarmProbability / 2);
      }),
      { numRuns: 60 },
    );
  });

  test('are mirrored for the other version', () => {
    fc.assert(
      fc.property(part, ({ requests, probability }) => {
        const { least, most } = one(requests, probability);
        const other = one(requests, 1 - probability);
        // The mirror image of a probability may be off by the last digit.
        expect(Math.abs(requests - other.most - least)).toBeLessThanOrEqual(1);
        expect(Math.abs(requests - other.least - most)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('of 1,000 requests at 10 percent are 54 to 154', () => {
    expect(one(1000, 0.1)).toEqual({ least: 54, most: 154 });
  });

  test('are none where that few requests could all, or none, have gone to it by chance', () => {
    expect(one(137, 0.1).least).toBe(0);
    expect(one(138, 0.1).least).toBe(1);
    expect(one(137, 0.9).most).toBe(137);
    expect(one(0, 0.5)).toEqual({ least: 0, most: 0 });
  });

  test('are exact where chance has no part', () => {
    expect(one(1000, 0)).toEqual({ least: 0, most: 0 });
    expect(one(1000, 1)).toEqual({ least: 1000, most: 1000 });
  });
});

test('requests too few for a bound may all go to the version, beside those that are certain to', () => {
  expect(
    shareBounds([
      { requests: 10, probability: 1 },
      { requests: 3, probability: 0.5 },
    ]),
  ).toEqual({ least: 10, most: 13 });
});
