import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadEnvironment } from '../src/overrides/load-environment.ts';
import { loadProfile, presetInput, presetNames } from '../src/presets/presets.ts';
import { resolveEnvironment, resolveLoadProfile } from '../src/resolve/resolve-environment.ts';
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

test('a hold as short as that of the reference run is warned of, with the seconds that the document gives', () => {
  const environment = resolveEnvironment(presetInput('load-driven'));
  const headline = loadProfile('headline');
  const [stage] = headline.stages;
  const [warning] = environmentWarnings(environment, {
    ...headline,
    stages: [{ ...stage!, holdSeconds: 180 }],
  });
  expect(warning?.code).toBe('TL-WARN-HOLD-TOO-SHORT');
  const [total, atLeast] = [/takes up to (\d+) s/, /at least (\d+) s/].map(
    (pattern) => pattern.exec(String(warning?.message))?.[1],
  );
  const text = document.replaceAll(/\s+/g, ' ');
  expect(text).toContain(`before a new task runs: ${total} s in`);
  expect(text).toContain(`${atLeast} s leave a minute to judge`);
  expect(text).toContain(`Our hold is ${stage!.holdSeconds} s`);
  const { p50Ms, p99Ms } = headline.thresholds;
  expect(text).toContain(`p50 ${p50Ms} ms and p99 ${p99Ms} ms`);
});
