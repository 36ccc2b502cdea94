import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { appendStepSummary } from './step-summary.ts';

test('reports are added to the summary of a step where there is one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tideline-summary-'));
  try {
    const file = join(folder, 'summary.md');
    appendStepSummary({ GITHUB_STEP_SUMMARY: file }, '# one\n');
    appendStepSummary({ GITHUB_STEP_SUMMARY: file }, '# two\n');
    appendStepSummary({}, '# three\n');
    appendStepSummary({ GITHUB_STEP_SUMMARY: '' }, '# four\n');
    expect(readFileSync(file, 'utf8')).toBe('# one\n\n# two\n\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
