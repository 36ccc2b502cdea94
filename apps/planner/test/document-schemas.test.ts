import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { documentSchemas, schemasFolder } from '../docs/document-schemas.ts';

test('docs/reference/schemas has the schema of each document; npm run docs writes them', () => {
  const written = Object.fromEntries(
    readdirSync(schemasFolder).map((name) => [
      name,
      JSON.parse(readFileSync(join(schemasFolder, name), 'utf8')) as object,
    ]),
  );
  expect(written).toEqual(documentSchemas());
});

test('fields that later versions added are not required', () => {
  const { 'run-record.schema.json': schema } = documentSchemas() as Record<string, { required: string[] }>;
  expect(schema?.required).toContain('load');
  expect(schema?.required).not.toContain('elasticity');
});
