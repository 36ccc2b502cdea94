import { expect, test } from '@jest/globals';
import type { ReleaseRecord } from '@tideline/evidence';
import { expectWellFormed, readableHtml } from '../../test/readable.ts';
import { renderReleaseHtml } from './render-release-html.ts';
import { renderReleaseMarkdown, renderReleaseTerminal } from './render-release.ts';

const record: ReleaseRecord = {
  releaseRecordVersion: 1,
  preset: 'blue-green',
  startedAt: '2026-01-01T00:00:00.000Z',
  speed: 60,
  shift: 'canary',
  fault: 'errors-10',
  deployment: {
    id: 'd-1',
    status: 'Failed',
    fromVersion: '1',
    toVersion: '2',
    startedAtCloudSeconds: 60,
    endedAtCloudSeconds: 400,
    events: [{ name: 'AllowTraffic', status: 'Failed', cloudSeconds: 300 }],
    error: { code: 'ALARM_ACTIVE', message: 'alarm errors is in ALARM' },
  },
  intervals: [
    {
      fromCloudSeconds: 100,
      toCloudSeconds: 300,
      percent: 10,
      traffic: { '1': { requests: 905, failed: 0 }, '2': { requests: 95, failed: 9 } },
    },
  ],
  clients: { requestsPerSecond: 100, requests: 1000, failed: 9, byOutcome: { '200': 991, '500': 9 } },
  checks: [{ name: 'rollback-cost', passed: true, observed: '9 failed', expected: 'none of version 1' }],
  notJudged: [{ name: 'share-at-10-percent', reason: 'too few requests to judge' }],
  passed: true,
};

test('Markdown says how it ended, who got what, and what it cost', () => {
  const markdown = renderReleaseMarkdown(record);
  expect(markdown).toContain(
    'PASS: blue-green, version 1 to 2 by canary (fault errors-10): Failed, alarm errors',
  );
  expect(markdown).toContain('| 01:40 to 05:00 | 10 % | 905 | 0 | 95 | 9 | 9.5 % |');
  expect(markdown).toContain('| pass | rollback-cost | 9 failed | none of version 1 |');
  expect(markdown).toContain('| not judged | share-at-10-percent | too few requests to judge |  |');
});

test('the terminal shows the same in lines no wider than asked for', () => {
  const text = renderReleaseTerminal(record, 100);
  expect(text).toContain('9.5 %');
  const tables = text.split('\n').slice(4);
  expect(Math.max(...tables.map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('the page states the same, is well-formed and loads nothing', () => {
  const page = renderReleaseHtml(record);
  expectWellFormed(page);
  expect(page).not.toMatch(/<(script|link|img)\b|\ssrc=/iu);
  const text = readableHtml(page);
  for (const fact of [
    'Passed: 1 of 1 checks passed',
    'ALARM',
    '905',
    '9.5 %',
    'rollback-cost',
    'too few requests',
  ])
    expect(text).toContain(fact);
});

test('a release that sent nothing has a page as well', () => {
  const page = renderReleaseHtml({ ...record, intervals: [] });
  expectWellFormed(page);
  expect(page).toContain('Nothing was sent.');
});
