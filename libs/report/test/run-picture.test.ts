import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatCount, parseRunRecord } from '@tideline/evidence';
import { describe, expect, test } from '@jest/globals';
import { pictureFiles, pictured, picturedRecordFile } from '../docs/picture-files.ts';
import { runPicture } from '../docs/run-picture.ts';
import { expectWellFormed } from './readable.ts';
import { failedRun, sampleRun, unobservedRun } from './sample-run.ts';

const record = parseRunRecord(JSON.parse(await readFile(picturedRecordFile, 'utf8')));

describe('the README’s picture of a run', () => {
  test.each(['light', 'dark'] as const)(
    'in %s is drawn from the record beside its script',
    async (scheme) => {
      expect(await readFile(pictureFiles[scheme], 'utf8')).toBe(runPicture(record, scheme));
    },
  );

  test('shows a demo that passed, without a warning: 2 → 6 → 2 tasks at 3,900 requests per target', () => {
    const { preset, profile, scaling, load, warnings, verdict } = record;
    expect({ preset, profile, warnings }).toEqual({
      preset: 'load-driven',
      profile: 'headline',
      warnings: [],
    });
    expect(verdict.passed).toBe(true);
    expect([scaling.timeline[0]?.running, scaling.peakRunning, scaling.finalRunning]).toEqual([2, 6, 2]);
    expect(scaling.policies[0]).toMatchObject({ name: 'requests-per-target', target: 3900 });
    expect(load.failures.total).toBe(0);
  });

  test('is of the run that the README and the table of presets quote', async () => {
    const requests = formatCount(record.load.requests);
    const checks = record.verdict.checks.map(({ name, observed, expected }) => [name, observed, expected]);
    const readme = await readFile(join(pictureFiles.light, '..', '..', '..', 'README.md'), 'utf8');
    const quoted = [...readme.matchAll(/^ {2}✓ pass {2}(\S+) +(.+?) {2,}(.+)$/gm)].map((row) => row.slice(1));
    expect(quoted.length).toBeGreaterThan(3);
    for (const row of quoted) expect(checks).toContainEqual(row);
    const presets = await readFile(join(pictureFiles.light, '..', '..', 'reference', 'presets.md'), 'utf8');
    expect(presets).toContain(`2 → 6 → 2 tasks, ${requests} requests`);
  });

  test('is small', async () => {
    for (const file of Object.values(pictureFiles))
      expect((await readFile(file)).byteLength).toBeLessThan(20_000);
  });
});

describe('a picture of a run', () => {
  test.each([
    ['passed', sampleRun],
    ['failed', failedRun],
    ['unobserved', unobservedRun],
  ])('that %s is well-formed, and takes nothing from elsewhere', (_, run) => {
    const picture = runPicture(run, 'light');
    expectWellFormed(picture);
    expect(picture).not.toMatch(/var\(|@import|url\(|href=/);
    expect(runPicture(pictured(run), 'light')).toBe(picture);
  });

  test('has the colours of its scheme', () => {
    expect(runPicture(sampleRun, 'light')).toContain('.card { fill: #ffffff;');
    expect(runPicture(sampleRun, 'dark')).toContain('.card { fill: #161c23;');
  });

  test('says so where nobody observed the tasks', () => {
    expect(runPicture(unobservedRun, 'light')).toContain('none under headline: tasks not observed');
  });
});
