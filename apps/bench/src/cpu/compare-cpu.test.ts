import { describe, expect, test } from '@jest/globals';
import type { CpuComparison } from '../outcome.ts';
import { cpuRatio, ofRound } from './compare-cpu.ts';

const comparison: CpuComparison = {
  scenario: '52 B',
  baseline: 'nginx',
  contenders: [
    { name: 'nginx', microsecondsPerRequest: [10, 12, 11], requestsPerSecond: [9, 9, 9] },
    { name: 'balancer', microsecondsPerRequest: [15, 12, 22], requestsPerSecond: [8, 8, 8] },
  ],
};

describe('cpuRatio', () => {
  test('compares medians, and keeps the rounds and their spread', () => {
    const ratio = cpuRatio(comparison, { of: 'balancer', to: 'nginx' });
    expect(ratio.value).toBeCloseTo(15 / 11);
    expect([ratio.min, ratio.max]).toEqual([1, 2]);
    expect(ratio.rounds).toEqual({ balancer: [15, 12, 22], nginx: [10, 12, 11] });
    expect(ratio.detail).toBe('CPU per request, 52 B: balancer 15.0 µs, nginx 11.0 µs');
  });

  test('refuses a contender that took no part', () => {
    expect(() => cpuRatio(comparison, { of: 'haproxy', to: 'nginx' })).toThrow(
      'haproxy took no part in 52 B',
    );
  });
});

test('rounds go over the processes of a contender again and again', () => {
  const measured = [1, 2, 3, 4, 5].map((round) => ofRound(['a', 'b', 'c'], round));
  expect(measured).toEqual(['a', 'b', 'c', 'a', 'b']);
});
