import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadEnvironment, settingPaths } from '@tideline/config';
import type { ChangedEffect, ProvenEffect } from '../docs/effects/effect.ts';
import { EffectFinder, type Noticed } from '../docs/effects/find-effects.ts';
import { settingEffects } from '../docs/effects/setting-effects.ts';
import { settingEffectsDocument } from '../docs/setting-effects-document.ts';
import { settingEffectsFile } from '../docs/find-setting-effects.ts';

const entries = Object.entries(settingEffects);
const changed = entries.flatMap(([path, effect]): [string, ChangedEffect][] =>
  'set' in effect ? [[path, effect]] : [],
);
const proven = entries.flatMap(([path, effect]): [string, ProvenEffect][] =>
  'set' in effect ? [] : [[path, effect]],
);

test('every field of the schema has an entry, and no entry is of a field that is gone', () => {
  const fields = settingPaths();
  const missing = fields
    .filter((path) => settingEffects[path] === undefined)
    .map(
      (path) => `add a line to stacks/docs/effects/table for '${path}': { set: '${path}=<another value>' }`,
    );
  expect(missing).toEqual([]);
  expect(Object.keys(settingEffects).filter((path) => !fields.includes(path))).toEqual([]);
});

/** A field’s path as `--set` writes it, without the names of kinds and the indices of items. */
const plainPath = (path: string): string =>
  path
    .replaceAll(/ \([a-z0-9-]+\)/g, '')
    .replaceAll('[]', '')
    .replaceAll(/\.\d+(?=\.|$)/g, '')
    .replace(/=.*$/s, '');

/** A synthesis takes a tenth of a second of CPU time, and longer on a machine that is busy. */
const synthesisMs = 60_000;

describe('a setting with another value', () => {
  const finder = new EffectFinder();
  const found: Record<string, Noticed> = {};

  test.each(changed)(
    '%s has an effect',
    async (path, effect) => {
      const noticed = await finder.find(effect);
      found[path] = noticed;
      const { in: expected } = effect;
      const readers = Object.keys(noticed).filter((name) => name !== 'warnings');
      expect(expected === undefined ? readers : readers.filter((name) => name === expected)).not.toEqual([]);
    },
    synthesisMs,
  );

  test.each([
    ['that is the one it has', 'capacity.max=6'],
    ['that only the copy of the description for the load runner shows', 'local.stopSignal=SIGINT'],
  ])(
    'changes nothing %s',
    async (_which, set) => {
      expect(await finder.find({ set })).toEqual({});
    },
    synthesisMs,
  );

  test('its entry changes that field, or the object around it where the field tells kinds apart', () => {
    const others = changed.filter(([path, { set }]) => {
      const [field, written] = [plainPath(path), plainPath(set)];
      const isKind = /\.(kind|type)$/.test(field);
      return isKind
        ? !field.startsWith(written)
        : field !== written && !(field.startsWith('scaling.policies.') && written === 'scaling.policies');
    });
    expect(others.map(([path, { set }]) => `${path}: ${set}`)).toEqual([]);
  });

  test.each(changed.filter(([, { together }]) => together !== undefined))(
    '%s changes with others only where it cannot change alone',
    async (_path, { set, preset, beside = [] }) => {
      // The same layers as in the comparison: what is beside it comes first.
      const alone = loadEnvironment({ preset, variables: EffectFinder.variables(beside), set: [set] });
      await expect(alone).rejects.toThrow(/^TL-CONFIG-/);
    },
  );

  test('docs/reference/setting-effects.md says what was found (npm run docs writes it)', () => {
    const words = (markdown: string) => markdown.replaceAll(/-{3,}/g, '---').replaceAll(/\s+/g, ' ');
    expect(words(readFileSync(settingEffectsFile, 'utf8'))).toBe(
      words(settingEffectsDocument(settingEffects, found)),
    );
  });
});

describe('a setting that only a running program shows', () => {
  const root = join(import.meta.dirname, '..', '..');

  test.each(proven)('%s is named in its suite, which has the test', (path, { suite, title }) => {
    const text = readFileSync(join(root, suite), 'utf8');
    expect(text).toContain(title);
    expect(text).toMatch(new RegExp(`\\b${plainPath(path).split('.').at(-1) ?? ''}\\b`));
  });
});
