// Writes the generated sections of docs/reference/configuration.md and security-baseline.md, and environment.schema.json there, anew.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { baselineSections } from './baseline-sections.ts';
import { environmentJsonSchema } from './environment-json-schema.ts';
import { configurationSections, withSections } from './configuration-sections.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'reference');

async function writeFormatted(file: string, text: string): Promise<void> {
  await writeFile(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

for (const [name, sections] of [
  ['configuration.md', configurationSections()],
  ['security-baseline.md', baselineSections()],
] as const) {
  const page = join(folder, name);
  await writeFormatted(page, withSections(await readFile(page, 'utf8'), sections));
}
await writeFormatted(join(folder, 'environment.schema.json'), JSON.stringify(environmentJsonSchema()));
