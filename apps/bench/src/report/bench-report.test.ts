import { describe, expect, test } from '@jest/globals';
import { sampleMeasured, sampleRun } from '../../test/sample-measured.ts';
import { benchReport } from './bench-report.ts';

const report = benchReport(sampleMeasured, sampleRun);

describe('benchReport', () => {
  test('has every ratio, null where it was not measured', () => {
    expect(report.ratios).toEqual({
      apiVsHono: 0.79999,
      apiVsNodeHttp: 0.6,
      apiCpuVsHono: null,
      apiCpuVsHonoUnlogged: null,
      apiCpuVsNodeHttp: null,
      apiCpuVsFastify: null,
      apiCpuVsExpress: null,
      apiTracedVsApi: null,
      apiSampledVsApi: null,
      honoTracedVsHono: null,
      balancerVsNginx: null,
      loadRunnerVsAutocannon: null,
    });
    expect(report.balancerAddedP50Ms).toBe(0.45);
    expect(report.simulate).toMatchObject({ days: 30, policies: 3, seconds: 0.1234 });
  });

  test('judges each figure unrounded, and none that has no target', () => {
    expect(report.figures.map(({ name, met }) => [name, met])).toEqual([
      ['simulate', false],
      ['apiVsHono', false],
      ['apiVsNodeHttp', null],
      ['balancerAddedP50Ms', true],
      ['balancerCpuSmall', false],
    ]);
  });

  test('keeps every round, and says what is missing and why', () => {
    expect(report.figures[1]?.rounds).toEqual({ api: [8000], hono: [10_000] });
    expect(report.skipped).toEqual(sampleMeasured.skipped);
    expect(report.failed).toEqual(sampleMeasured.failed);
  });

  test('has nulls for a run that measured nothing', () => {
    const empty = benchReport({ outcomes: [], skipped: [], failed: [] }, sampleRun);
    expect(empty).toMatchObject({
      balancerAddedP50Ms: null,
      simulate: null,
      pacedLatencyMs: null,
      cpu: [],
      figures: [],
    });
  });

  test('survives JSON unchanged', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
