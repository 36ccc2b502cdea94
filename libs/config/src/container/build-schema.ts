import * as z from 'zod';
import { variablesSchema } from './variable-schemas.ts';

const path = z
  .string()
  .min(1)
  .max(4096)
  .refine((text) => !text.includes('\0'), 'must hold no NUL');

/** How the image is built: what `docker build` is told. */
export const buildSchema = z.strictObject({
  context: path.default('.').describe('Folder that is sent to the build, relative to the working directory.'),
  dockerfile: path.default('Dockerfile').describe('Dockerfile, relative to the context.'),
  target: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'must be the name of a stage')
    .nullable()
    .default(null)
    .describe('Stage of the Dockerfile; null is the last one.'),
  args: variablesSchema.describe(
    'Build arguments by name. They stay in the image’s history: no secret belongs here.',
  ),
  platform: z
    .enum(['linux/amd64', 'linux/arm64'])
    .nullable()
    .default(null)
    .describe('Platform to build for; null is that of the compute’s architecture.'),
});
