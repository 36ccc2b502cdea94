import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { presetNames } from '../src/presets/presets.ts';

test('docs/reference/presets.md has a row for every preset, with how to run it', async () => {
  const document = await readFile(
    join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'presets.md'),
    'utf8',
  );
  const rows = [...document.matchAll(/^\| `([a-z-]+)` .*\| `(npm run demo[^`]*)`/gm)].map(
    ([, preset = '', command = '']) => [preset, command],
  );
  expect(rows.map(([preset]) => preset).sort()).toEqual([...presetNames].sort());
  for (const [preset, command] of rows)
    expect(command).toBe(preset === 'load-driven' ? 'npm run demo' : `npm run demo -- --preset ${preset}`);
});
