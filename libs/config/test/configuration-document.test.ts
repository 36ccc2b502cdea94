import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { configurationSections, withSections } from '../docs/configuration-sections.ts';

const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'configuration.md');

/** Prettier widens the columns of a table; the words in it are what counts. */
const words = (markdown: string): string =>
  markdown
    .replaceAll(/-{3,}/g, '---')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/\n{2,}/g, '\n\n');

describe('docs/configuration.md', () => {
  test('shows the fields, codes, presets and profiles that the code has (npm run docs writes them)', async () => {
    const document = await readFile(file, 'utf8');
    expect(words(document)).toBe(words(withSections(document, configurationSections())));
  });

  test('is refused without the markers of a section', () => {
    expect(() => withSections('# Configuration', { presets: '' })).toThrow('generated: presets');
  });
});
