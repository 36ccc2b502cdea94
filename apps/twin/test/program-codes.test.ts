import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const project = join(import.meta.dirname, '..');

test('docs/how-to/run-your-own-service.md lists every code of the twin', () => {
  const sources = readdirSync(join(project, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(project, 'src', file), 'utf8'));
  const codes = new Set(sources.flatMap((source) => source.match(/TL-TWIN-[A-Z-]*[A-Z]/g) ?? []));
  const document = readFileSync(join(project, '../../docs/how-to/run-your-own-service.md'), 'utf8');
  const listed = [...document.matchAll(/^\| `(TL-TWIN-[A-Z-]+)` /gm)].map(([, code]) => code);
  expect(codes.size).toBeGreaterThan(0);
  expect(listed.sort()).toEqual([...codes].sort());
});
