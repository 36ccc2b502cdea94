import type * as z from 'zod';
import { problem } from './problem.ts';
import type { Reply } from './reply.ts';

/** 400 with one entry per value that is not valid, each saying what is allowed and what was sent. */
export function invalidRequest(error: z.ZodError, input: unknown): Reply {
  const errors = error.issues.map(({ path, message }) => ({
    path: path.join('.'),
    message: `${message}; got ${shown(valueAt(input, path))}`,
  }));
  return problem(
    'invalid-request',
    errors.map(({ path, message }) => `${path} ${message}`.trim()).join('. '),
    {
      errors,
    },
  );
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** Short, so that an answer never repeats a large input. */
function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
