import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readFile, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleMeasured, sampleRun } from '../../test/sample-measured.ts';
import { benchReport } from './bench-report.ts';
import { writeReport } from './write-report.ts';

const report = benchReport(sampleMeasured, sampleRun);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-report-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('writeReport', () => {
  test('adds bench.json to the folder of the latest run', async () => {
    await mkdir(join(folder, 'run-1'));
    await symlink('run-1', join(folder, 'latest'));
    const file = await writeReport(folder, report);
    expect(file).toBe(join(folder, 'latest', 'bench.json'));
    expect(await readdir(join(folder, 'run-1'))).toEqual(['bench.json']);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(report);
  });

  test('makes a latest folder, named after the start, where there is none', async () => {
    await writeReport(join(folder, 'reports'), report);
    expect(await readlink(join(folder, 'reports', 'latest'))).toBe('2026-03-01T10-00-00-000Z');
    expect((await readdir(join(folder, 'reports'))).sort()).toEqual(['2026-03-01T10-00-00-000Z', 'latest']);
  });

  test('replaces a latest that leads nowhere', async () => {
    await symlink('gone', join(folder, 'latest'));
    await writeReport(folder, report);
    expect(await readdir(join(folder, 'latest'))).toEqual(['bench.json']);
  });
});
