import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { describedEnvironment } from './described-environment.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'described-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const stageOf = async (
  options: Partial<Parameters<typeof describedEnvironment>[0]>,
  variables: Readonly<Record<string, string>> = {},
) => {
  const { preset, stage } = await describedEnvironment({ set: [], ...options }, variables, folder);
  return `${preset} ${stage}`;
};

test('the file of the folder describes its service, with its own preset', async () => {
  expect(await stageOf({})).toBe('load-driven dev');
  writeFileSync(join(folder, 'tideline.config.json'), '{ "preset": "fargate-alb", "stage": "json" }');
  expect(await stageOf({})).toBe('fargate-alb json');
  writeFileSync(join(folder, 'tideline.config.yaml'), 'stage: yaml\n');
  expect(await stageOf({ defaultPreset: 'blue-green' })).toBe('blue-green yaml');
});

test('a preset or a file that is named takes the place of the folder’s file', async () => {
  writeFileSync(join(folder, 'tideline.config.yaml'), 'stage: yaml\n');
  const other = join(folder, 'other.yaml');
  writeFileSync(other, 'preset: flash-sale\nstage: other\n');
  expect(await stageOf({ preset: 'fargate-alb' })).toBe('fargate-alb dev');
  expect(await stageOf({}, { TIDELINE_PRESET: 'fargate-alb' })).toBe('fargate-alb dev');
  expect(await stageOf({ config: other })).toBe('flash-sale other');
  expect(await stageOf({}, { TIDELINE_CONFIG: other })).toBe('flash-sale other');
  expect(await stageOf({}, { TIDELINE_CONFIG: '', TIDELINE_PRESET: '' })).toBe('load-driven yaml');
});
