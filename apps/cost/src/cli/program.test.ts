import { describe, expect, test } from '@jest/globals';
import { presetNames } from '@tideline/config';
import { createCommand } from '@tideline/process';
import { programContract, runInMemory } from '@tideline/process/testing';
import type { CostReport } from '../cost-report.ts';
import { costProgram } from './program.ts';

/** Runs the command line in memory. */
const cost = (...args: readonly string[]) => runInMemory(costProgram, args);

programContract({
  program: costProgram,
  args: [],
  option: '--explain',
  script: 'cost',
  readsDescription: true,
});

const report = async (...args: readonly string[]): Promise<CostReport> => {
  const { exitCode, stdout, stderr } = await cost(...args, '--json');
  expect([exitCode, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as CostReport;
};

describe.each(presetNames)('the report of %s', (preset) => {
  test('is at most 100 columns wide, without trailing blanks, with or without explanations', async () => {
    for (const extra of [[], ['--explain']]) {
      const { exitCode, stdout, stderr } = await cost('--preset', preset, ...extra);
      expect([exitCode, stderr]).toEqual([0, '']);
      const lines = stdout.split('\n');
      expect(lines.filter((line) => line.length > 100 || line.endsWith(' '))).toEqual([]);
      expect(lines[0]).toMatch(new RegExp(`^${preset} in us-east-1: [\\d,.]+ USD a month at minimum`));
      for (const title of ['Cost by resource', 'Saving', 'Assumptions', 'Prices'])
        expect(stdout).toMatch(new RegExp(`^${title}`, 'm'));
    }
  });

  test('as JSON has the lines of every scenario, and every price that they use', async () => {
    const { scenarios, prices } = await report('--preset', preset);
    for (const { lines, monthlyUsd } of Object.values(scenarios)) {
      const sum = lines.reduce((total, line) => total + line.monthlyUsd, 0);
      expect(sum).toBeCloseTo(monthlyUsd, 3);
      for (const { price, unitPriceUsd } of lines)
        expect(prices[price]).toMatchObject({ usd: unitPriceUsd, isBuiltIn: true });
    }
  });
});

test('stateless-asg is compared with its published table, item by item', async () => {
  const { stdout } = await cost('--preset', 'stateless-asg');
  expect(stdout).toMatch(/^ {2}2 instances +15\.00 +15\.18 /m);
  expect(stdout).toMatch(/^ {2}Comparable +49\.00 +4\d\.\d\d +-\d\.\d %/m);
  expect(stdout).toContain('automatic failover');
  expect((await cost('--preset', 'load-driven')).stdout).not.toContain('published');
});

test('settings, load and assumptions change what is estimated, and are shown', async () => {
  const args = ['--requests-per-second', '200', '--hours', '12', '--assume', 'answerBytes=4000'];
  const { load, assumptions, scenarios } = await report('--set', 'capacity.max=12', ...args);
  expect(load).toEqual({
    requestsPerSecond: 200,
    hoursPerDay: 12,
    explanation: 'the rate as given, the hours as given',
  });
  expect(assumptions.answerBytes).toBe(4000);
  expect(scenarios.maximum.averageUnits).toBe(12);
  const { stdout } = await cost(...args);
  expect(stdout).toMatch(/answerBytes +4,000 \*/);
  expect(stdout).toMatch(/typical +200 requests\/s for 12 hours a day/);
});

test('--beside lists what a settings profile adds, line by line, and both sums', async () => {
  const { beside, scenarios } = await report('--preset', 'load-driven', '--beside', 'production');
  const { stdout } = await cost('--preset', 'load-driven', '--beside', 'production');
  expect(stdout).toMatch(/^With the settings profile production/m);
  expect(stdout).toMatch(/^ {2}KMS keys +\+2\.00 +\+2\.00 +\+2\.00$/m);
  expect(stdout).toMatch(/^ {2}Web ACL +\+5\.00/m);
  const more = Number(beside?.scenarios.minimum.monthlyUsd) - scenarios.minimum.monthlyUsd;
  expect(stdout).toMatch(new RegExp(`^ {2}More +\\+${more.toFixed(2).replace('.', '\\.')} `, 'm'));
  const own = await report('--preset', 'load-driven', '--beside', 'production', '--set', 'waf.enabled=false');
  expect(own.beside?.scenarios.minimum.lines.map(({ id }) => id)).not.toContain('edge.webAcl');
});

test('--list-prices prints the table, with --json as a file of prices', async () => {
  const { stdout } = await cost('--list-prices');
  expect(stdout).toMatch(/^ *alb\.hour +0\.0225 +hour +us-east-1 +2026-05 +cloud-horizons\.com, ALB$/m);
  const file = JSON.parse((await cost('--list-prices', '--json')).stdout) as { prices: object };
  expect(file.prices).toHaveProperty(['alb.hour', 'usd'], 0.0225);
});

test('takes these options', () => {
  expect(createCommand(costProgram).options.map(({ long }) => long)).toEqual([
    '--version',
    '--preset',
    '--config',
    '--set',
    '--requests-per-second',
    '--hours',
    '--assume',
    '--beside',
    '--prices',
    '--list-prices',
    '--explain',
    '--json',
  ]);
});

test.each([
  [
    ['--preset', 'stateless-as'],
    /TL-CONFIG-PRESET preset: unknown preset "stateless-as"; did you mean "stateless-asg"/,
  ],
  [['--set', 'capacity.mx=3'], /capacity\.mx/],
  [['--set', 'capacity.min=9'], /TL-CONFIG-CAPACITY-BOUNDS/],
  [
    ['--beside', 'prodction'],
    /TL-CONFIG-SETTINGS-PROFILE profile: unknown settings profile "prodction"; did you mean "production"/,
  ],
  [['--hours', '25'], /'25' is invalid.*a number from 0 to 24/],
  [['--requests-per-second', 'many'], /'many' is invalid/],
  [['--requests-per-second', '-1'], /'-1' is invalid/],
  [['--assume', 'answer=1'], /there is no assumption "answer"/],
  [['--prices', 'nowhere.json'], /TL-CONFIG-FILE the file nowhere\.json cannot be read/],
  [['--config', 'nowhere.json'], /TL-CONFIG-FILE/],
  [['--preset', 'stateless-asg', '--set', 'sessions.nodeType=cache.x9.huge'], /for which there is no price/],
  [['more'], /too many arguments/],
  [['--speed', '2'], /unknown option '--speed'/],
])('%j is refused with exit code 2', async (args, message) => {
  const { exitCode, stdout, stderr } = await cost(...args);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});
