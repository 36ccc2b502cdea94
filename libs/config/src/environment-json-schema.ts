import { z } from 'zod';
import { environmentSchema } from './schema/environment.ts';

/** The description of an environment as JSON Schema (draft 2020-12), for editors that complete and check files. */
export const environmentJsonSchema = (): Readonly<Record<string, unknown>> => ({
  ...z.toJSONSchema(environmentSchema, { io: 'input' }),
  title: 'Tideline environment',
});
