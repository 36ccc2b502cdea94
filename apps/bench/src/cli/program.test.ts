import { describe, expect, test } from '@jest/globals';
import { createCommand } from '@tideline/process';
import { programContract, runInMemory } from '@tideline/process/testing';
import { sampleMeasured, sampleRun } from '../../test/sample-measured.ts';
import { benchNames } from '../bench-name.ts';
import { benchReport } from '../report/bench-report.ts';
import { benchProgram, exitCodeOf } from './program.ts';
import type { BenchOptions } from './run-bench.ts';

const program = benchProgram(process, import.meta.url);

programContract({ program, args: [], option: '--quick', script: 'bench', readsDescription: false });

const parse = (...args: string[]) =>
  createCommand(program).parse(args, { from: 'user' }).opts<BenchOptions>();

describe('the command line of the benchmark', () => {
  test('measures everything, in rounds of middling length, unless asked otherwise', () => {
    expect(parse()).toEqual({
      only: benchNames,
      quick: false,
      full: false,
      check: false,
      json: false,
      out: 'reports',
    });
  });

  test('takes names separated by commas, each once, in the order of the report', () => {
    expect(parse('--only', 'simulate, apiVsHono,simulate').only).toEqual(['apiVsHono', 'simulate']);
  });

  const allowed = `Allowed, separated by commas: ${benchNames.join(', ')}.`;

  test.each([
    ['apiVsHono,memory', `Unknown: memory. ${allowed}`],
    ['apiVsHon', `Unknown: apiVsHon. Did you mean apiVsHono? ${allowed}`],
    [',', `Got no name. ${allowed}`],
  ])('refuses --only %s with what is allowed', async (names, message) => {
    const { exitCode, stderr } = await runInMemory(program, ['--only', names]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test('refuses a folder that cannot be made before anything is measured', async () => {
    const { exitCode, stderr } = await runInMemory(program, ['--quick', '--out', import.meta.filename]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^bench: TL-WRITE-PLACE --out .*program\.test\.ts is no folder/);
  });

  test('explains every option and exit code in its help', () => {
    const help = createCommand(program).helpInformation();
    for (const option of ['--only', '--quick', '--full', '--check', '--out', '--json', '--help']) {
      expect(help).toContain(option);
    }
    for (const name of benchNames) expect(help).toContain(name);
    expect(help.replaceAll(/\s+/g, ' ')).toContain(
      '2 wrong usage, 3 the report was not written, 130 interrupted',
    );
  });
});

const short = benchReport({ ...sampleMeasured, failed: [] }, sampleRun);
const reached = { ...short, figures: short.figures.filter(({ met }) => met !== false) };
const failed = benchReport(sampleMeasured, sampleRun);

describe('exitCodeOf', () => {
  test('is 0 whatever the figures, unless they are checked', () => {
    expect(exitCodeOf(short, { check: false })).toBe(0);
    expect(exitCodeOf(short, { check: true })).toBe(1);
  });

  test('is 0 when every checked figure reaches its target', () => {
    expect(exitCodeOf(reached, { check: true })).toBe(0);
  });

  test('is 1 when something could not be measured', () => {
    expect(exitCodeOf(failed, { check: false })).toBe(1);
  });
});
