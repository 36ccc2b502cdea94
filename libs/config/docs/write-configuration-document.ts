// Writes the generated sections of docs/reference/configuration.md, and docs/reference/environment.schema.json, anew.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { environmentJsonSchema } from './environment-json-schema.ts';
import { configurationSections, withSections } from './configuration-sections.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'reference');

async function writeFormatted(file: string, text: string): Promise<void> {
  await writeFile(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

const page = join(folder, 'configuration.md');
await writeFormatted(page, withSections(await readFile(page, 'utf8'), configurationSections()));
await writeFormatted(join(folder, 'environment.schema.json'), JSON.stringify(environmentJsonSchema()));
