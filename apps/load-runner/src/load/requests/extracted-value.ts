import type { LoadEndpoint } from '@tideline/config';
import type { KeptAnswer } from '../connection/user-connection.ts';

/** A value of an answer; undefined where the answer does not have it, or it could not be sent in a header. */
export function extractedValue(
  answer: KeptAnswer,
  { from, path }: LoadEndpoint['extract'][number],
): string | undefined {
  const value = from === 'header' ? headerOf(answer, path) : jsonValue(answer, path);
  return value !== undefined && /^[\t\u0020-\u007e\u0080-\u00ff]+$/.test(value) ? value : undefined;
}

function headerOf({ headers }: KeptAnswer, wanted: string): string | undefined {
  for (let index = 0; index + 1 < headers.length; index += 2)
    if (headers[index]?.toLowerCase() === wanted.toLowerCase()) return headers[index + 1];
  return undefined;
}

function jsonValue({ body }: KeptAnswer, path: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
