import { describe, expect, test } from '@jest/globals';
import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { anyRunRecord } from '../../test/any-run-record.ts';
import { failedRun, sampleRun } from '../../test/sample-run.ts';
import { runCsv, tableCsv } from './render-csv.ts';
import { renderJunit } from './render-junit.ts';

/** What a parser reads; it throws on XML that is not well-formed. */
function parsed(xml: string) {
  const fail = (_level: string, message: string) => {
    throw new Error(message);
  };
  const root = new DOMParser({ onError: fail }).parseFromString(xml, 'text/xml').documentElement;
  if (root === null) throw new Error('no document');
  const cases = [...root.getElementsByTagName('testcase')].map((element) => ({
    name: element.getAttribute('name'),
    failed: element.getElementsByTagName('failure').length > 0,
    skipped: element.getElementsByTagName('skipped').length > 0,
    text: element.textContent,
  }));
  return { root, cases };
}

const suiteOf = (record: typeof sampleRun) => ({
  name: `${record.preset} under ${record.profile}`,
  ...record.verdict,
  startedAt: record.startedAt,
  wallSeconds: record.wallSeconds,
});

describe('JUnit XML', () => {
  test('has a test case for each check, and says what failed', () => {
    const { root, cases } = parsed(renderJunit([suiteOf(sampleRun), suiteOf(failedRun)]));
    const checks = [...sampleRun.verdict.checks, ...failedRun.verdict.checks];
    const failing = checks.filter(({ passed }) => !passed);
    expect(root.getAttribute('tests')).toBe(String(cases.length));
    expect(root.getAttribute('failures')).toBe(String(failing.length));
    expect(root.getElementsByTagName('testsuite')).toHaveLength(2);
    expect(cases.filter(({ failed }) => failed).map(({ name }) => name)).toEqual(
      failing.map(({ name }) => name),
    );
    expect(cases.find(({ failed }) => failed)?.text).toContain(failing[0]?.observed);
  });

  test('has what was not judged as skipped', () => {
    const notJudged = [{ name: 'scaled-out', reason: 'nobody observed the service' }];
    const { cases } = parsed(renderJunit([{ ...suiteOf(sampleRun), checks: [], notJudged }]));
    expect(cases).toMatchObject([{ name: 'scaled-out', failed: false, skipped: true }]);
  });

  test('of any run is read by a parser', () => {
    fc.assert(
      fc.property(anyRunRecord, (record) => {
        expect(parsed(renderJunit([suiteOf(record)])).cases).toHaveLength(
          record.verdict.checks.length + (record.verdict.notJudged ?? []).length,
        );
      }),
    );
  });
});

describe('CSV', () => {
  test('has a row for each value of a run', () => {
    const [header, ...rows] = runCsv(sampleRun).trimEnd().split('\r\n');
    const { timeline, metrics } = sampleRun.scaling;
    const datapoints = metrics.reduce((sum, metric) => sum + metric.datapoints.length, 0);
    expect(header).toBe('cloudSeconds,series,value');
    expect(rows).toHaveLength(timeline.length * 3 + sampleRun.load.series.length * 5 + datapoints);
    expect(rows).toContain('0,scaling.running,2');
    expect(rows.some((row) => row.includes(',load.p95Ms,'))).toBe(true);
  });

  test('quotes what would be taken for structure', () => {
    const columns = [{ title: 'a, b', align: 'left' as const }];
    expect(tableCsv({ columns, rows: [['say "x"']] })).toBe('"a, b"\r\n"say ""x"""\r\n');
  });
});
