// Writes the generated sections of docs/reference/cost.md anew.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { costSections, withCostSections } from './cost-sections.ts';

const page = join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'cost.md');
const text = withCostSections(await readFile(page, 'utf8'), costSections());
await writeFile(page, await format(text, { ...(await resolveConfig(page)), filepath: page }));
