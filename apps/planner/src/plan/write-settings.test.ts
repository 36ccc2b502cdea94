import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { PlanSettings } from '@tideline/planner';
import { parse } from 'yaml';
import { refuseUnwritable, settingsFile, writeSettings } from './write-settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const settings: PlanSettings = {
  capacity: { min: 3, max: 9, desired: 3 },
  scaling: {
    policies: [
      {
        type: 'target-tracking',
        name: 'cpu',
        metric: { kind: 'cpu', targetPercent: 55 },
        scaleInCooldownSeconds: 60,
      },
    ],
  },
};

const written = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

test('JSON keeps what it says besides', async () => {
  const file = written(
    'tideline.config.json',
    '{"preset":"load-driven","capacity":{"max":4},"scaling":{"suspendedState":{"dynamicScalingInSuspended":true},"policies":[]}}',
  );
  await writeSettings(file, settings);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    preset: 'load-driven',
    capacity: settings.capacity,
    scaling: { suspendedState: { dynamicScalingInSuspended: true }, ...settings.scaling },
  });
});

test('YAML keeps its comments', async () => {
  const file = written(
    'tideline.config.yaml',
    '# ours\npreset: load-driven\ncapacity: {min: 1} # old\n# end\nload:\n  profile: steady # kept\n',
  );
  await writeSettings(file, settings);
  const text = readFileSync(file, 'utf8');
  expect(parse(text)).toEqual({ preset: 'load-driven', load: { profile: 'steady' }, ...settings });
  for (const comment of ['# ours', '# end', '# kept']) expect(text).toContain(comment);
});

test.each([
  ['null.json', '{"scaling":null}'],
  ['null.yaml', 'scaling: null\n'],
  ['empty.yaml', 'scaling:\n'],
])('%s without settings under scaling gets them', async (name, text) => {
  const file = written(name, text);
  await refuseUnwritable(file);
  expect(readFileSync(file, 'utf8')).toBe(text);
  await writeSettings(file, settings);
  expect(parse(readFileSync(file, 'utf8'))).toEqual(settings);
});

test.each(['new.json', 'new.yaml'])('%s begins with the settings where it does not exist', async (name) => {
  const file = join(folder, name);
  await writeSettings(file, settings);
  expect(parse(readFileSync(file, 'utf8'))).toEqual(settings);
});

test.each([
  ['broken.json', '{', /is no JSON/],
  ['list.json', '[]', /holds no object/],
  ['broken.yaml', 'a: [', /is no YAML/],
  ['list.yaml', '- a', /holds no mapping/],
  ['scaling.json', '{"scaling":[1]}', /something else than settings under scaling/],
  ['scaling.yaml', 'scaling: none\n', /something else than settings under scaling/],
])('%s is refused, and stays as it was', async (name, text, message) => {
  const file = written(name, text);
  await expect(refuseUnwritable(file)).rejects.toThrow(message);
  await expect(writeSettings(file, settings)).rejects.toThrow(message);
  expect(readFileSync(file, 'utf8')).toBe(text);
  expect(readdirSync(folder)).toEqual([name]);
});

test('a program is not rewritten, and nothing is a description', () => {
  expect(settingsFile('a/tideline.config.yml')).toBe('a/tideline.config.yml');
  expect(() => settingsFile('tideline.config.ts')).toThrow(/TL-PLAN-WRITE .*is a program/);
  expect(() => settingsFile(undefined)).toThrow(/TL-PLAN-WRITE .*no description/);
});
