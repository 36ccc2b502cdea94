import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { costSections, withCostSections } from '../docs/cost-sections.ts';

const page = join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'cost.md');

/** Markdown without the padding of tables and blank lines, which are Prettier’s. */
const words = (markdown: string): string =>
  markdown
    .replaceAll(/-{3,}/g, '---')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/\n{2,}/g, '\n\n');

test('docs/reference/cost.md shows the prices, assumptions and resources that the code has (npm run docs writes them)', async () => {
  const document = await readFile(page, 'utf8');
  expect(words(document)).toBe(words(withCostSections(document, costSections())));
});

test('the interface endpoints are what most of the difference to a published table is, as docs/reference/cost.md says', () => {
  expect(costSections().totals).toContain('| Interface endpoints, ');
});

test('a document without the markers of a section is refused', () => {
  expect(() => withCostSections('# Cost', { prices: '' })).toThrow('section prices');
});
