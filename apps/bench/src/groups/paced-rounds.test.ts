import { describe, expect, test } from '@jest/globals';
import { pacedRounds, addedP50, p99AboveNginx } from './paced-rounds.ts';

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
    expect(summed?.p99Ms).toEqual({ direct: [10], balancer: [20], nginx: [] });
    expect(summed?.medians).toMatchObject({ nginx: null, rounds: 1, generatorLimitedRounds: 1 });
  });

  test('gives nothing when no round is left', () => {
    expect(pacedRounds({ direct: [round(1, true)], balancer: [round(2)] }, 1000)).toBeNull();
  });
});

const rounds = (...p50s: readonly number[]) =>
  p50s.map((p50Ms) => ({ p50Ms, p99Ms: 4, generatorLimited: false }));

const added = (direct: readonly number[], balancer: readonly number[]) =>
  addedP50(pacedRounds({ direct: rounds(...direct), balancer: rounds(...balancer) }, 1000)!);

describe('addedP50', () => {
  test('is the difference of the medians, with both latencies in words', () => {
    expect(added([0.25, 0.5, 0.25], [0.75, 1, 1])).toEqual({
      name: 'balancerAddedP50Ms',
      value: 0.75,
      min: 0.5,
      max: 0.75,
      detail: 'p50/p99 ms at 1000 requests/s: direct 0.25/4.00, balancer 1.00/4.00',
      rounds: { direct: [0.25, 0.5, 0.25], balancer: [0.75, 1, 1] },
    });
  });

  test('keeps a difference that is a little below zero, as noise makes one', () => {
    expect(added([0.5], [0.25])).toMatchObject({ value: -0.25 });
  });

  test('calls noise what no balancer can do, and never a target met', () => {
    const skip = added([32.4], [14.9]);
    expect(skip).not.toHaveProperty('value');
    expect(skip).toHaveProperty(
      'reason',
      expect.stringContaining('the balancer seems to take 17.5 ms off the latency'),
    );
  });
});

describe('p99AboveNginx', () => {
  const both = { direct: [round(1), round(1)], balancer: [round(2), round(3)] };

  test('is the difference of the medians of both proxies’ 99th percentiles', () => {
    const measured = pacedRounds({ ...both, nginx: [round(1.5), round(2)] }, 1000)!;
    expect(p99AboveNginx(measured, 'nginx is missing')).toMatchObject({
      name: 'balancerP99AboveNginxMs',
      value: 7.5,
      min: 5,
      max: 10,
      rounds: { balancer: [20, 30], nginx: [15, 20] },
    });
  });

  test('is skipped with the reason where nginx is missing', () => {
    expect(p99AboveNginx(pacedRounds(both, 1000)!, 'nginx is missing')).toEqual({
      name: 'balancerP99AboveNginxMs',
      reason: 'nginx is missing',
    });
  });
});
