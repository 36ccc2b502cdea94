import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const project = join(import.meta.dirname, '..');

test('docs/architecture.md says what every part of the twin is for', () => {
  const document = readFileSync(join(project, '..', '..', 'docs', 'architecture.md'), 'utf8');
  const [, section = ''] = document.split('\n## The twin\n');
  const table = section.split('\n## ')[0] ?? '';
  const listed = [...table.matchAll(/^\| `([a-z\d-]+)` /gm)].map(([, name]) => name);
  const parts = readdirSync(join(project, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(listed.sort()).toEqual(parts.sort());
});
