// Writes docs/reference/schemas anew: `npm run docs` runs it, and a test compares.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '@tideline/process';
import { format, resolveConfig } from 'prettier';
import { documentSchemas, schemasFolder } from './document-schemas.ts';

await mkdir(schemasFolder, { recursive: true });
for (const [name, schema] of Object.entries(documentSchemas())) {
  const file = join(schemasFolder, name);
  const options = { ...(await resolveConfig(file)), filepath: file };
  writeWhole(file, await format(JSON.stringify(schema), options));
}
