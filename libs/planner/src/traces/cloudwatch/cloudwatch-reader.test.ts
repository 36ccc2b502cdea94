import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openTrace } from '../open-trace.ts';

function file(content: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), 'planner-cloudwatch-')), 'metric.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const result = (Id: string, Values: readonly number[], Label = 'RequestCount') => ({
  Id,
  Label,
  Timestamps: Values.map((_, index) => `2026-03-01T08:0${Values.length - 1 - index}:00+00:00`),
  Values,
  StatusCode: 'Complete',
});

test('get-metric-data: newest first, minutes without a value had no request', async () => {
  const { Timestamps, Values, ...rest } = result('m1', [180, 120, 30, 60]);
  const without = (_: unknown, index: number): boolean => index !== 2;
  const content = {
    MetricDataResults: [{ ...rest, Timestamps: Timestamps.filter(without), Values: Values.filter(without) }],
    Messages: [],
  };
  const trace = await openTrace(file(content));
  expect(trace).toMatchObject({ startedAt: new Date('2026-03-01T08:00Z'), stepSeconds: 60 });
  expect(trace.requestsPerSecond).toEqual([1, 0, 2, 3]);
  expect(trace.remarks.map(({ code }) => code)).toEqual(['TL-TRACE-UNORDERED', 'TL-TRACE-GAP-ZERO']);
});

test('get-metric-statistics: datapoints in any order, by their sum', async () => {
  const Datapoints = [2, 0, 1].map((minute) => ({
    Timestamp: `2026-03-01T08:0${minute}:00Z`,
    Sum: 60 * (minute + 1),
    Average: 1,
    Unit: 'Count',
  }));
  const trace = await openTrace(file({ Label: 'RequestCount', Datapoints }));
  expect(trace.requestsPerSecond).toEqual([1, 2, 3]);
  const minutely = await openTrace(file({ Label: 'RequestsPerMinute', Datapoints }), { column: 'Average' });
  expect(minutely.requestsPerSecond).toEqual([1 / 60, 1 / 60, 1 / 60]);
  await expect(openTrace(file({ Label: 'RequestsPerSecond', Datapoints }))).rejects.toThrow(
    /^TL-TRACE-UNIT .*a sum of rates/,
  );
  await expect(openTrace(file({ Label: 'RequestCountPerTarget', Datapoints }))).rejects.toThrow(
    /^TL-TRACE-UNIT .*"per target"/,
  );
  const averages = await openTrace(file({ Label: 'Rate', Datapoints }), { column: 'Average', unit: 'rate' });
  expect(averages.requestsPerSecond).toEqual([1, 1, 1]);
});

test('one result of several is taken by its id', async () => {
  const path = file({ MetricDataResults: [result('m1', [60, 60]), result('m2', [120, 120])] });
  await expect(openTrace(path)).rejects.toThrow(/TL-TRACE-COLUMN .* it has m1, m2/);
  expect((await openTrace(path, { column: 'm2' })).requestsPerSecond).toEqual([2, 2]);
});

test('the pages that the AWS CLI puts into one answer are one result', async () => {
  const { Timestamps, Values, ...rest } = result('m1', [180, 120, 60]);
  const page = (from: number, to: number, StatusCode: string) => ({
    ...rest,
    Timestamps: Timestamps.slice(from, to),
    Values: Values.slice(from, to),
    StatusCode,
  });
  const trace = await openTrace(
    file({ MetricDataResults: [page(0, 2, 'PartialData'), page(2, 3, 'Complete')] }),
  );
  expect(trace.requestsPerSecond).toEqual([1, 2, 3]);
  expect(trace.remarks.map(({ code }) => code)).toEqual(['TL-TRACE-UNORDERED']);
});

test('an answer that is one page of several says so', async () => {
  const trace = await openTrace(file({ MetricDataResults: [result('m1', [60, 60])], NextToken: 'next' }));
  expect(trace.remarks.map(({ code }) => code)).toEqual(['TL-TRACE-UNORDERED', 'TL-TRACE-PARTIAL'].reverse());
});

test.each([
  ['{"MetricDataResults": [', 'TL-TRACE-JSON .* not whole JSON'],
  [{ Datapoints: [{ Timestamp: '2026-03-01T08:00:00Z', Average: 1 }] }, 'TL-TRACE-COLUMN .* it has Average'],
  [{ MetricDataResults: [] }, 'TL-TRACE-COLUMN .* it has none'],
  [{ MetricDataResults: [result('m1', [])] }, 'TL-TRACE-EMPTY'],
  [{ MetricDataResults: [{ ...result('m1', [1]), Values: [] }] }, 'has 1 timestamps and 0 values'],
  [{ MetricDataResults: [{ Id: 'm1', Timestamps: [], Values: 'x' }] }, 'MetricDataResults.0.Values'],
  [{ other: 1 }, 'TL-TRACE-JSON .*Datapoints'],
  [{ MetricDataResults: [result('m1', [-1, 2])] }, 'TL-TRACE-NEGATIVE'],
])('what is no metric is refused', async (content, message) => {
  await expect(openTrace(file(content))).rejects.toThrow(new RegExp(message));
});
