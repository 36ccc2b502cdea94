import type { z } from 'zod';
import type { Problem } from './configuration-error.ts';
import { showValue } from './show-value.ts';

/** Turns what zod found into problems in the user’s words: where, what was got, what is allowed. */
export function schemaProblems(error: z.ZodError, input: unknown): Problem[] {
  return error.issues.map((issue) => ({
    code: 'TL-CONFIG-SCHEMA',
    path: issue.path.join('.'),
    message: `${issue.message}; got ${showValue(valueAt(input, issue.path))}`,
  }));
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}
