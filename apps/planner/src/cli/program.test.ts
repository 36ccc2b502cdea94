import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { programContract, runInMemory } from '@tideline/process/testing';
import { simulationSchema } from '../simulate/simulation-document.ts';
import { plannerProgram } from './program.ts';

programContract({
  program: plannerProgram,
  args: ['simulate'],
  option: '--trace',
  script: 'planner',
  readsDescription: true,
});

const planner = (...args: readonly string[]) => runInMemory(plannerProgram, args);

test('plan names a file that is in the way of its folder, before it searches', async () => {
  const { exitCode, stderr } = await planner(
    ...['plan', '--trace', 'constant', '--capacity', '65', '--out', import.meta.filename],
  );
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /^planner: TL-WRITE-PLACE --out .*program\.test\.ts is no folder; .*Nothing was done/,
  );
});

test('plan makes no folder for a trace that is too short to be split', async () => {
  const out = join(tmpdir(), 'planner-no-such-folder');
  const { exitCode, stderr } = await planner(
    ...['plan', '--trace', 'constant:days=0.001', '--capacity', '65', '--out', out],
  );
  expect([exitCode, existsSync(out)]).toEqual([2, false]);
  expect(stderr).toMatch(/TL-PLAN-TRACE /);
});

describe('simulate', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'planner-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A CSV of so many minutes. */
  function csv(rates: readonly number[]): string {
    const file = join(folder, 'requests.csv');
    const rows = rates.map(
      (rate, minute) => `${new Date(Date.UTC(2026, 0, 5, 0, minute)).toISOString()},${rate * 60}`,
    );
    writeFileSync(file, `time,requests\n${rows.join('\n')}\n`);
    return file;
  }

  const twoHours = Array.from({ length: 120 }, (_, minute) => (minute < 30 ? 100 : 300));

  test('prints timeline, decisions, elasticity and cost, at most 100 columns wide', async () => {
    const { exitCode, stdout, stderr } = await planner(
      'simulate',
      '--trace',
      csv(twoHours),
      '--capacity',
      '65',
    );
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').filter((line) => line.length > 100 || line.endsWith(' '))).toEqual([]);
    for (const title of ['Figures', 'Elasticity', 'Timeline', 'Decisions'])
      expect(stdout).toMatch(new RegExp(`^${title}`, 'm'));
    expect(stdout).toMatch(/one task carries 65 requests\/s \(given\)/);
    expect(stdout).toMatch(/2026-01-05 00:3\d +2 +5 +requests-per-target/);
  });

  test('--json has the same as data, and --out writes it', async () => {
    const out = join(folder, 'simulation.json');
    const args = ['simulate', '--trace', csv(twoHours), '--capacity', '65', '--json', '--out', out];
    const { exitCode, stdout } = await planner(...args);
    expect(exitCode).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(stdout);
    const document = simulationSchema.parse(JSON.parse(stdout));
    expect(document).toMatchObject({ kind: 'simulation', preset: 'load-driven', durationSeconds: 7200 });
    expect(document.figures.elasticity.requests).toBe(twoHours.reduce((sum, rate) => sum + rate * 60, 0));
    expect(document.timeline[0]).toEqual({ seconds: 0, desired: 2, running: 2 });
    expect(document.decisions.filter(({ outcome }) => outcome === 'scaled').length).toBeGreaterThan(0);
  });

  test('without a capacity the target of a policy is assumed, and said', async () => {
    const { stdout } = await planner('simulate', '--trace', 'constant');
    expect(stdout).toMatch(/TL-CAPACITY-ASSUMED what one task carries is not known/);
  });

  test('a service that can reach zero is said to stay there', async () => {
    const zero = ['--set', 'capacity.min=0', '--set', 'capacity.desired=0'];
    const { stdout } = await planner('simulate', '--trace', 'constant', '--capacity', '65', ...zero);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /TL-WARN-FROM-ZERO capacity\.min: with 0 tasks every request is answered 503, and it stays so/,
    );
  });

  test('a trace in which nothing scales has no table of decisions', async () => {
    const { stdout } = await planner('simulate', '--trace', 'constant', '--capacity', '65');
    expect(stdout).toMatch(/^Decisions \(0\)\n {2}- none$/m);
  });
});

test.each([
  [['simulate'], /TL-TRACE-OPTION/],
  [['simulate', '--trace', 'weekli', '--capacity', '5'], /weekly/],
  [['simulate', '--trace', 'weekly', '--capacity', 'none.json'], /TL-CAPACITY-FILE/],
  [['simulate', '--trace', 'weekly', '--capacity', '0'], /TL-CAPACITY-RATE/],
  [['simulate', '--trace', 'weekly', '--preset', 'stateless-asg'], /TL-CAPACITY-MISSING/],
  [['plan', '--trace', 'constant:days=0.01', '--capacity', '5'], /TL-PLAN-TRACE .*14 steps/],
  [['plan', '--trace', 'constant', '--capacity', '5', '--max-short', '101%'], /max-short.*0 to 100/],
  [['plan', '--trace', 'constant', '--capacity', '5', '--budget', '0'], /above 0/],
  [['plan', '--trace', 'constant', '--capacity', '5', '--write', 'x.ts'], /TL-PLAN-WRITE .*is a program/],
  [
    ['plan', '--trace', 'constant', '--capacity', '5', '--write', 'no-such-folder/x.json'],
    /TL-WRITE-PLACE --write no-such-folder\/x\.json: .*no-such-folder does not exist/,
  ],
  [
    ['simulate', '--trace', 'weekly', '--out', 'no-such-folder/x.json'],
    /TL-WRITE-PLACE --out no-such-folder/,
  ],
  [
    ['compare', 'a.json', 'b.json', '--export', 'csv=no-such-folder/x.csv'],
    /TL-WRITE-PLACE --export csv no-such-folder/,
  ],
  [['prove', '--trace', 'no-such-trace.csv'], /TL-TRACE-SOURCE no-such-trace\.csv/],
  [['prove', '--trace', 'constant:days=0.01'], /TL-PLAN-TRACE .*14 steps/],
  [['prove', '--trace', 'constant', '--out', 'package.json/out'], /TL-WRITE-PLACE --out package\.json\/out/],
  [['plan', '--trace', 'constant', '--capacity', '5', '--held-out', '95'], /10 to 90/],
  [['prove', '--trace', 'constant', '--plan', 'none.json'], /TL-PROVE-PLAN --plan none.json: .*ENOENT/],
  [['prove', '--trace', 'constant', '--plan', 'package.json'], /TL-PROVE-PLAN .*give the plan.json/],
  [['prove', '--trace', 'constant', '--minutes', '4'], /5 to 2880/],
  [['prove', '--trace', 'constant', '--policy', 'best'], /recommended, current/],
])('%j is refused with exit code 2', async (args, message) => {
  const { exitCode, stdout, stderr } = await planner(...args);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});
