import { describe, expect, test } from '@jest/globals';
import type { PlanDocument } from '@tideline/planner';
import { caseResult, renderCases, summaryOf } from './case-result.ts';
import { fileCase } from './run-cases.ts';

const entry = (computeUsdPerMonth: number, percent: number, timePercent: number) => ({
  heldOut: {
    cost: { computeUsdPerMonth },
    requestsAboveCapacity: { percent },
    elasticity: { underProvisioning: { timePercent } },
  },
});

const result = (
  name: string,
  now: readonly [number, number, number],
  plan: readonly [number, number, number],
) =>
  caseResult(name, {
    choice: 'better',
    current: entry(...now),
    recommended: entry(...plan),
    search: { wallSeconds: 12 },
  } as unknown as PlanDocument);

describe('a case', () => {
  test('reaches an aim with half the time for a tenth more, or a quarter less cost with no more above capacity', () => {
    expect(result('half', [20, 1, 4], [22, 1, 2]).reached).toEqual(['safer']);
    expect(result('quarter', [20, 1, 4], [15, 1, 5]).reached).toEqual(['cheaper']);
    expect(result('both', [20, 1, 4], [15, 0, 0]).reached).toEqual(['safer', 'cheaper']);
    expect(result('dear', [20, 1, 4], [22.1, 0, 0]).reached).toEqual([]);
    expect(result('above', [20, 1, 4], [10, 1.1, 4]).reached).toEqual([]);
  });

  test('that is short at no time has nothing to halve', () => {
    expect(result('never short', [20, 0, 0], [20, 0, 0])).toMatchObject({ shortTimeRatio: 1, reached: [] });
  });

  test('is worse in both with more cost and more requests above capacity', () => {
    expect(result('worse', [20, 1, 4], [21, 2, 4]).isWorseInBoth).toBe(true);
    expect(result('dearer', [20, 1, 4], [21, 1, 4]).isWorseInBoth).toBe(false);
  });

  test('has its row in the table, and its part in the medians', () => {
    const results = [
      result('one', [20, 1, 4], [22, 1, 1]),
      result('two', [20, 1, 4], [10, 1, 4]),
      result('three', [20, 1, 4], [21, 2, 4]),
    ];
    expect(summaryOf(results)).toEqual({
      ...{ cases: 3, reached: 2, medianCostRatio: 1.05, medianShortTimeRatio: 1, worseInBoth: ['three'] },
    });
    expect(renderCases(results).split('\n')).toEqual([
      'case   now USD  above %  short %  plan USD  above %  short %  rule    reached         s',
      'one       20.0     1.00     4.00      22.0     1.00     1.00  better  safer          12',
      'two       20.0     1.00     4.00      10.0     1.00     4.00  better  cheaper        12',
      'three     20.0     1.00     4.00      21.0     2.00     4.00  better  worse in both  12',
      '',
      '2 of 3 cases reach an aim; median cost 1.05, median time with too few units 1.00 of now; worse in both: three',
      '',
    ]);
  });
});

describe('a trace of one’s own', () => {
  test('is a file with how to read it', () => {
    expect(fileCase('traces/elb.csv:scale=100,unit=count,zone=UTC')).toEqual({
      name: 'elb',
      arguments: [
        ...['--trace', 'traces/elb.csv', '--scale', '100', '--trace-unit', 'count', '--trace-zone', 'UTC'],
      ],
    });
    expect(fileCase('C:/one.csv').arguments).toEqual(['--trace', 'C:/one.csv']);
  });

  test('takes no option that there is not', () => {
    expect(() => fileCase('elb.csv:speed=3')).toThrow(
      /got speed .*allowed: scale, unit, zone, column, period/,
    );
  });
});
