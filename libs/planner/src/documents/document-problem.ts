import { suggestName } from '@tideline/config';
import type * as z from 'zod';

/** Characters of a value that a message quotes. */
const quotedLength = 60;

/**
 * The first thing that is wrong with a document, for a message: the field, what it holds, and what is allowed.
 * @param fields names that are allowed at the top, for one that is not
 */
export function documentProblem(
  { issues: [issue] }: z.ZodError,
  document: unknown,
  fields: readonly string[] = [],
): string {
  if (issue === undefined) return 'malformed';
  const path = issue.path.map(String).join('.');
  const where = path === '' ? '' : `${path}: `;
  if (issue.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys;
    const hint = path === '' && fields.length > 0 ? `; ${suggestName(name, fields)}` : '; leave it out';
    return `${where}got the unknown field "${name}"${hint}`;
  }
  return `${where}got ${quoted(valueAt(document, issue.path))}: ${issue.message}`;
}

const valueAt = (document: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    document,
  );

function quoted(value: unknown): string {
  const text = (JSON.stringify(value) as string | undefined) ?? 'nothing';
  return text.length > quotedLength ? `${text.slice(0, quotedLength)}…` : text;
}
