import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadEnvironment } from '../src/overrides/load-environment.ts';
import { loadProfile, presetNames } from '../src/presets/presets.ts';
import { resolveLoadProfile } from '../src/resolve/resolve-environment.ts';
import { environmentWarnings } from '../src/warnings/environment-warnings.ts';

const document = await readFile(
  join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'presets.md'),
  'utf8',
);

test('docs/reference/presets.md has a row for every preset, with how to run it', () => {
  const rows = [...document.matchAll(/^\| `([a-z-]+)` .*\| `(npm run demo[^`]*)`/gm)].map(
    ([, preset = '', command = '']) => [preset, command],
  );
  expect(rows.map(([preset]) => preset).sort()).toEqual([...presetNames].sort());
  for (const [preset, command] of rows)
    expect(command).toBe(preset === 'load-driven' ? 'npm run demo' : `npm run demo -- --preset ${preset}`);
});

test('the setting that it gives for the original’s target of load-driven is warned of', async () => {
  const [, set = ''] = /^npm run demo -- --set (\S+)$/m.exec(document) ?? [];
  const environment = await loadEnvironment({ preset: 'load-driven', set: [set], variables: {} });
  expect(environment.scaling.policies[0]).toMatchObject({ metric: { requestsPerTargetPerMinute: 50 } });
  const warnings = environmentWarnings(environment, loadProfile('headline'));
  expect(warnings.map(({ code }) => code)).toEqual(['TL-WARN-REQUESTS-TARGET']);
});

test('the load profile that it shows is one', () => {
  const [, text = ''] = /^```json\n([^]+?)^```$/m.exec(document) ?? [];
  expect(resolveLoadProfile(JSON.parse(text)).stages[0]?.requestsPerSecond).toBe(180);
});
