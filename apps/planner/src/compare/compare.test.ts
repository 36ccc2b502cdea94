import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type parseRunRecord } from '@tideline/evidence';
import { writeWhole } from '@tideline/process';
import { runInMemory } from '@tideline/process/testing';
import type { Comparison } from '@tideline/report';
import { plannerProgram } from '../cli/program.ts';
import type { SimulationDocument } from '../simulate/simulation-document.ts';

const folder = mkdtempSync(join(tmpdir(), 'tideline-compare-'));
afterAll(() => rmSync(folder, { recursive: true }));

const demo = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../libs/report/docs/demo-run-record.json'), 'utf8'),
) as ReturnType<typeof parseRunRecord>;

/** Writes a document below the folder, and returns its path. */
function written(name: string, document: unknown): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeWhole(path, JSON.stringify(document));
  return path;
}
const slower = {
  ...demo,
  startedAt: '2030-01-01T00:00:00.000Z',
  preset: 'flash-sale',
  load: { ...demo.load, latencyMs: { ...demo.load.latencyMs, p50: demo.load.latencyMs.p50 * 2 } },
  provenance: { ...demo.provenance, commit: 'fedcba987654' },
};
const before = written('before.json', demo);
written('after/run-record.json', slower);
const after = join(folder, 'after');

const compare = (...args: readonly string[]) => runInMemory(plannerProgram, ['compare', ...args]);

describe('compare', () => {
  test('sets each figure against the first in words', async () => {
    const { exitCode, stdout, stderr } = await compare(before, after, before);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/latency p50 .*✗ 100 %\s+higher,/u);
    expect(stdout).toContain('B against A: 0 figures better, 1 worse');
    expect(stdout).toContain('C against A: 0 figures better, 0 worse');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('as JSON says what differs in the set-up, and nothing else', async () => {
    const { stdout } = await compare(before, after, '--json');
    const { figures, setup } = JSON.parse(stdout) as Comparison;
    expect(setup).toEqual([
      { name: 'preset', values: [demo.preset, 'flash-sale'] },
      { name: 'commit', values: [demo.provenance.commit, 'fedcba987654'] },
    ]);
    expect(figures.find(({ id }) => id === 'p50Milliseconds')).toMatchObject({
      better: 'lower',
      differences: [{ percent: 100, judgement: 'worse', words: '100 % higher, worse' }],
    });
  });

  test('writes a page, JUnit and CSV, and exits with 1 beyond --fail-above', async () => {
    const out = join(folder, 'comparison.html');
    const files = { junit: join(folder, 'c.xml'), csv: join(folder, 'c.csv') };
    const exports = `junit=${files.junit},csv=${files.csv}`;
    const args = ['--out', out, '--export', exports, '--fail-above'];
    expect((await compare(before, after, ...args, '150')).exitCode).toBe(0);
    expect((await compare(before, after, ...args, '50')).exitCode).toBe(1);
    expect(readFileSync(out, 'utf8')).toContain('100 % higher, worse');
    expect(readFileSync(files.junit, 'utf8')).toMatch(/name="p50Milliseconds"[^>]*><failure/u);
    expect(readFileSync(files.csv, 'utf8')).toMatch(/^latency p50,/mu);
  });

  test('compares simulations with each other', async () => {
    const rows = Array.from({ length: 60 }, (_, minute) => {
      const time = new Date(Date.UTC(2026, 0, 5, 10, minute)).toISOString();
      return `${time},${minute < 20 ? 600 : 9000}`;
    });
    const trace = join(folder, 'trace.csv');
    writeWhole(trace, `time,requests\n${rows.join('\n')}\n`);
    const simulate = async (max: number): Promise<string> => {
      const path = join(folder, `simulation-${max}.json`);
      const args = ['simulate', '--trace', trace, '--capacity', '25', '--out', path];
      const { exitCode, stderr } = await runInMemory(plannerProgram, [
        ...args,
        '--set',
        `capacity.max=${max}`,
      ]);
      expect([exitCode, stderr]).toEqual([0, '']);
      return path;
    };
    const [three, eight] = [await simulate(3), await simulate(8)];
    const { stdout } = await compare(three, eight, '--json');
    const { subjects, figures } = JSON.parse(stdout) as Comparison;
    expect(subjects.map(({ kind, passed }) => [kind, passed])).toEqual([
      ['simulation', null],
      ['simulation', null],
    ]);
    expect(figures.map(({ id }) => id)).toContain('costUsdPerMonth');
    expect(figures.map(({ id }) => id)).not.toContain('p95Milliseconds');
    // A simulation does not hold its settings: these two differ in one.
    expect((await compare(three, eight)).stdout).toContain('differ in no setting that their documents hold');

    const file = join(folder, 'simulations.csv');
    await compare(three, three, '--export', `csv=${file}`);
    const data = readFileSync(file, 'utf8');
    expect(data).toMatch(/^figure,unit,A,B,B against A\r\n/u);
    expect(data).toMatch(/^most units at once,,3,3,the same\r$/mu);
    expect(data).not.toMatch(/(?:^|,)[=+@]/mu);

    const simulation = JSON.parse(readFileSync(three, 'utf8')) as SimulationDocument;
    const busier = { ...simulation, trace: { ...simulation.trace, meanRequestsPerSecond: 999 } };
    for (const [name, document, message] of [
      [
        'part.json',
        { ...simulation, figures: undefined },
        /TL-COMPARE-FILE .*part\.json: simulation is malformed \(figures: /,
      ],
      ['old.json', { ...simulation, schemaVersion: 0 }, /TL-COMPARE-FILE .*simulation has schemaVersion 0/],
      ['busier.json', busier, /TL-COMPARE-UNLIKE .* of trace trace\.csv, 999 requests\/s on average/],
    ] as const) {
      const { exitCode, stderr } = await compare(three, written(name, document));
      expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)]);
    }
  });

  test('--index writes the page of all runs', async () => {
    const { exitCode, stdout } = await compare('--index', folder);
    expect([exitCode, stdout]).toEqual([0, `${join(folder, 'index.html')}\n`]);
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('href="after/report.html"');
  });
});

describe('compare refuses with exit code 2', () => {
  const instances = written('instances.json', { ...demo, scaling: { ...demo.scaling, unit: 'instance' } });
  const otherLoad = written('load.json', { ...demo, profile: 'another' });
  test.each([
    [[before], /TL-COMPARE-COUNT got 1 to compare/],
    [[before, join(folder, 'nowhere.json')], /TL-COMPARE-FILE.*cannot be read/],
    [[before, written('r.json', { releaseRecordVersion: 1 })], /TL-COMPARE-KIND.*a release record/],
    [[before, written('x.json', { some: 'thing' })], /TL-RECORD-MALFORMED/],
    [[before, written('v.json', { schemaVersion: 99 })], /TL-RECORD-VERSION/],
    [[before, instances], /TL-COMPARE-UNLIKE.*scales tasks.*instances/],
    [[before, otherLoad], /TL-COMPARE-UNLIKE.*--different-loads/],
    [['--index', join(folder, 'nowhere')], /TL-COMPARE-FILE --index.*no such folder/],
  ])('%j', async (args, message) => {
    const { exitCode, stdout, stderr } = await compare(...args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  test('unless other loads are allowed', async () => {
    expect((await compare(before, otherLoad, '--different-loads')).exitCode).toBe(0);
  });
});
