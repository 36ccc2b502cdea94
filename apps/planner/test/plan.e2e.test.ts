import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { PlanDocument } from '@tideline/planner';
import { runBundle } from './run-bundle.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plan-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const plan = (args: readonly string[], interruptAfter?: string) =>
  runBundle(['plan', ...args], { folder, interruptAfter });

const short = ['--trace', 'on-off:days=1', '--capacity', '25', '--candidates', '48'];

test('a plan is the same whatever thread judged it, and writes its page and the settings', async () => {
  const file = join(folder, 'tideline.config.yaml');
  writeFileSync(file, '# mine\npreset: load-driven\ncapacity:\n  max: 12\n');
  const args = [...short, '--max-short', '2%', '--json'];
  const first = await plan([...args, '--out', join(folder, 'out'), '--write']);
  expect([first.exitCode, first.stderr]).toEqual([
    0,
    expect.stringContaining('wrote the recommended settings'),
  ]);
  const document = JSON.parse(first.stdout) as PlanDocument;
  expect(readFileSync(join(folder, 'out', 'plan.json'), 'utf8')).toBe(first.stdout);
  const page = readFileSync(join(folder, 'out', 'plan.html'), 'utf8');
  expect(page).toContain('<title>Plan for load-driven');
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  const description = readFileSync(file, 'utf8');
  expect(description).toContain('# mine');
  expect(description).toContain(`min: ${document.recommended.settings.capacity.min}`);

  writeFileSync(file, 'preset: load-driven\ncapacity:\n  max: 12\n');
  const second = JSON.parse((await plan(args)).stdout) as PlanDocument;
  expect({ ...second, search: null }).toEqual({ ...document, search: null });
  // What it wrote is a description that can be planned again.
  expect(second.current.settings.capacity.max).toBe(12);
});

test('Ctrl-C ends it with 130, and nothing is written', async () => {
  const args = ['--trace', 'weekly', '--capacity', '25', '--out', join(folder, 'out')];
  const { exitCode, stdout } = await plan(args, 'policies tried');
  expect([exitCode, stdout]).toEqual([130, '']);
  expect(() => readFileSync(join(folder, 'out', 'plan.json'))).toThrow(/ENOENT/);
});
