import * as z from 'zod';
import { environmentSchema } from '../src/schema/environment.ts';

/**
 * A file with fields of the description, as JSON Schema (draft 2020-12), for editors that complete and check it.
 * No field of the top level is required there, since the preset below the file has them all.
 */
export const environmentJsonSchema = (): Readonly<Record<string, unknown>> => {
  const { properties, ...schema } = z.toJSONSchema(environmentSchema.partial(), { io: 'input' });
  return {
    ...schema,
    title: 'Tideline environment',
    properties: { $schema: { type: 'string' }, ...properties },
  };
};
