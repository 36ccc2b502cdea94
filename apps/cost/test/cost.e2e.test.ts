import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { presetNames } from '@tideline/config';
import type { CostReport } from '../src/cost-report.ts';

const program = resolve(import.meta.dirname, '../../../dist/apps/cost/main.mjs');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tideline-cost-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** The bundled command, run as a user runs it. */
async function cost(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exitCode = await new Promise((done) => child.once('close', done));
  return { exitCode, stdout, stderr };
}

async function write(name: string, content: unknown): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, JSON.stringify(content));
  return file;
}

test.each(presetNames)('%s is estimated, and costs more the more it is used', async (preset) => {
  const { exitCode, stdout, stderr } = await cost(['--preset', preset, '--json']);
  expect([exitCode, stderr]).toEqual([0, '']);
  const { minimum, typical, maximum } = (JSON.parse(stdout) as CostReport).scenarios;
  expect(minimum.monthlyUsd).toBeGreaterThan(0);
  expect(typical.monthlyUsd).toBeGreaterThan(minimum.monthlyUsd);
  expect(maximum.monthlyUsd).toBeGreaterThan(typical.monthlyUsd);
});

test('variables change the environment, as they do elsewhere', async () => {
  const { stdout } = await cost(['--json'], { TIDELINE_CAPACITY__MAX: '9' });
  expect((JSON.parse(stdout) as CostReport).scenarios.maximum.averageUnits).toBe(9);
});

describe('--prices', () => {
  test('replaces a price, and the report says which and from where', async () => {
    const file = await write('mine.json', {
      region: 'eu-west-1',
      asOf: '2026-05-01',
      prices: { 'alb.hour': 1 },
    });
    const { exitCode, stdout } = await cost(['--prices', file]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ {2}Application Load Balancer +1 \/ hour +730\.00 +730\.00 +730\.00$/m);
    expect(stdout).toMatch(/^ {2}alb\.hour +1 +hour +eu-west-1 +2026-05-01 +mine\.json$/m);
  });

  test('takes what --list-prices --json prints', async () => {
    const { stdout } = await cost(['--list-prices', '--json']);
    const file = await write('all.json', JSON.parse(stdout));
    const [own, builtIn] = await Promise.all([cost(['--prices', file, '--json']), cost(['--json'])]);
    const totalOf = ({ stdout: text }: { readonly stdout: string }) =>
      (JSON.parse(text) as CostReport).scenarios.typical.monthlyUsd;
    expect(totalOf(own)).toBe(totalOf(builtIn));
  });

  test.each([
    ['unknown.json', { prices: { 'alb.hours': 1 } }, /prices\.alb\.hours.*did you mean "alb\.hour"/],
    ['negative.json', { prices: { 'alb.hour': -1 } }, /prices\.alb\.hour: got -1; allowed: a number from 0/],
    ['list.json', [], /it must hold an object/],
  ])('%s is refused with exit code 2', async (name, content, message) => {
    const { exitCode, stdout, stderr } = await cost(['--prices', await write(name, content)]);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
