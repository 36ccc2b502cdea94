import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { writeWhole } from '@tideline/process';
import { expectWellFormed, readableHtml } from '../../test/readable.ts';
import { failedRun, sampleRun, unobservedRun } from '../../test/sample-run.ts';
import { writeReportsIndex } from './write-reports-index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tideline-index-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(name: string, content: unknown): void {
  mkdirSync(join(folder, name));
  writeWhole(join(folder, name, 'run-record.json'), JSON.stringify(content));
}
const pageOf = (): string => readFileSync(writeReportsIndex(folder), 'utf8');

describe('the index of reports', () => {
  test('lists every run, newest first, with a link to its report', () => {
    written('one', sampleRun);
    written('two & more', { ...failedRun, startedAt: '2026-02-01T00:00:00.000Z' });
    symlinkSync('one', join(folder, 'latest'));
    const page = pageOf();
    expectWellFormed(page);
    expect([...page.matchAll(/href="([^"]*)"/gu)].map(([, target]) => target)).toEqual([
      'two%20%26%20more/report.html',
      'one/report.html',
    ]);
    expect(page).not.toMatch(/<(script|link|img)\b|\ssrc=/iu);
  });

  test('draws a figure by commit through the median of its runs', () => {
    const ofCommit = (commit: string, p99: number) => ({
      ...sampleRun,
      provenance: { ...sampleRun.provenance, commit },
      load: { ...sampleRun.load, latencyMs: { ...sampleRun.load.latencyMs, p99 } },
    });
    written('1', ofCommit('aaaaaaaaaa', 10));
    written('2', ofCommit('aaaaaaaaaa', 30));
    written('3', ofCommit('bbbbbbbbbb', 15));
    expect(readableHtml(pageOf())).toContain('aaaaaaa 20 ms; bbbbbbb 15 ms;');
  });

  test('keeps runs of other loads and observers apart', () => {
    written('1', sampleRun);
    written('2', unobservedRun);
    const text = readableHtml(pageOf());
    expect(text).toContain('load-driven under headline, twin');
    expect(text).toContain('load alone');
  });

  test('names what it cannot read, and is a page without runs as well', () => {
    expect(pageOf()).toContain('None yet.');
    written('broken', { schemaVersion: 7 });
    expect(pageOf()).toContain('No readable record: broken.');
  });
});
