// Writes the generated sections of docs/configuration.md anew.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { configurationSections, withSections } from './configuration-sections.ts';

const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'configuration.md');
const document = withSections(await readFile(file, 'utf8'), configurationSections());
await writeFile(file, await format(document, { ...(await resolveConfig(file)), parser: 'markdown' }));
