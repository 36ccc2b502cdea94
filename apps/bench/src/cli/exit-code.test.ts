import { describe, expect, test } from '@jest/globals';
import { sampleMeasured, sampleRun } from '../../test/sample-measured.ts';
import { benchReport } from '../report/bench-report.ts';
import { exitCodeOf } from './exit-code.ts';

const short = benchReport({ ...sampleMeasured, failed: [] }, sampleRun);
const reached = { ...short, figures: short.figures.filter(({ met }) => met !== false) };
const failed = benchReport(sampleMeasured, sampleRun);

describe('exitCodeOf', () => {
  test('is 0 whatever the figures, unless they are checked', () => {
    expect(exitCodeOf(short, { check: false })).toBe(0);
    expect(exitCodeOf(short, { check: true })).toBe(1);
  });

  test('is 0 when every checked figure reaches its target', () => {
    expect(exitCodeOf(reached, { check: true })).toBe(0);
  });

  test('is 1 when something could not be measured', () => {
    expect(exitCodeOf(failed, { check: false })).toBe(1);
  });
});
