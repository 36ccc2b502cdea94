import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { baselineSections } from '../docs/baseline-sections.ts';
import { environmentJsonSchema } from '../docs/environment-json-schema.ts';
import { configurationSections, withSections } from '../docs/configuration-sections.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'reference');

/** Prettier widens the columns of a table; the words in it are what counts. */
const words = (markdown: string): string =>
  markdown
    .replaceAll(/-{3,}/g, '---')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/\n{2,}/g, '\n\n');

describe('the reference', () => {
  test('of the configuration shows the fields, codes, presets and profiles that the code has (npm run docs writes them)', async () => {
    const document = await readFile(join(folder, 'configuration.md'), 'utf8');
    expect(words(document)).toBe(words(withSections(document, configurationSections())));
  });

  test('of the security baseline has the rows that the code has (npm run docs writes them)', async () => {
    const document = await readFile(join(folder, 'security-baseline.md'), 'utf8');
    expect(words(document)).toBe(words(withSections(document, baselineSections())));
  });

  test('is refused without the markers of a section', () => {
    expect(() => withSections('# Configuration', { presets: '' })).toThrow('generated: presets');
  });
});

test('docs/reference/environment.schema.json is the schema that the code has (npm run docs writes it)', async () => {
  const document: unknown = JSON.parse(await readFile(join(folder, 'environment.schema.json'), 'utf8'));
  expect(document).toEqual(environmentJsonSchema());
});
