import { describe, expect, test } from '@jest/globals';
import { pacedRounds } from './paced-rounds.ts';

const round = (p50Ms: number, generatorLimited = false) => ({ p50Ms, p99Ms: 10 * p50Ms, generatorLimited });

describe('pacedRounds', () => {
  test('gives the medians of each server', () => {
    const summed = pacedRounds(
      {
        direct: [round(1), round(2), round(3)],
        balancer: [round(2), round(3), round(9)],
        nginx: [round(1), round(1), round(1)],
      },
      1000,
    );
    expect(summed?.medians).toEqual({
      askedRequestsPerSecond: 1000,
      direct: { p50: 2, p99: 20 },
      balancer: { p50: 3, p99: 30 },
      nginx: { p50: 1, p99: 10 },
      rounds: 3,
      generatorLimitedRounds: 0,
    });
  });

  test('leaves a round out for every server when the load runner fell behind at one', () => {
    const summed = pacedRounds(
      { direct: [round(1), round(300, true)], balancer: [round(2), round(3)] },
      1000,
    );
    expect(summed?.p50Ms).toEqual({ direct: [1], balancer: [2], nginx: [] });
    expect(summed?.medians).toMatchObject({ nginx: null, rounds: 1, generatorLimitedRounds: 1 });
  });

  test('gives nothing when no round is left', () => {
    expect(pacedRounds({ direct: [round(1, true)], balancer: [round(2)] }, 1000)).toBeNull();
  });
});
