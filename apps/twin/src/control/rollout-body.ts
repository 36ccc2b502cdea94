import { z } from 'zod';

/** What a deployment or an instance refresh rolls out. */
export const rolloutBody = z.strictObject({
  version: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, hyphens or underscores'),
  variables: z
    .record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be upper snake case'), z.string().max(4096))
    .default({}),
});
