import * as z from 'zod';

/** A placeholder in a path, a header or a body: `{{token}}`, or `{{data.COLUMN}}`. */
const placeholder = /\{\{(data\.)?([\w-]+)\}\}/g;

/** The request data of a profile. */
export const requestData = z.strictObject({
  file: z
    .string()
    .min(1)
    .describe(
      'CSV file with a header and commas; its path is relative to the working directory. `{{data.COLUMN}}` in a path, header or body is replaced by a value of it.',
    ),
  each: z
    .enum(['user', 'request'])
    .default('user')
    .describe(
      'Who gets the next row, from the first one on again after the last: a user for all its requests, or each request.',
    ),
});

/** What a later request needs of an answer. */
export const extraction = z.strictObject({
  name: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'must be letters, digits, _ and -')
    .describe('`{{name}}` in a path, header or body of the same user’s later requests is replaced by it.'),
  from: z.enum(['json', 'header']).default('json').describe('Part of the answer that has it.'),
  path: z
    .string()
    .min(1)
    .max(256)
    .describe(
      'Where in the JSON: names and numbers with points between, such as `data.0.token`; or the name of the header.',
    ),
});

interface Templates {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

interface Placeholders {
  /** Columns of the data. */
  readonly columns: readonly string[];
  /** Names of extracted values. */
  readonly values: readonly string[];
}

/** The placeholders of a request. */
export function placeholdersOf({ path, headers, body }: Templates): Placeholders {
  const found = [path, ...Object.values(headers), body ?? ''].flatMap((text) => [
    ...text.matchAll(placeholder),
  ]);
  return {
    columns: found.flatMap(([, data, name = '']) => (data === undefined ? [] : [name])),
    values: found.flatMap(([, data, name = '']) => (data === undefined ? [name] : [])),
  };
}

/** Replaces placeholders. @param valueOf undefined where there is none. @returns undefined where one is missing */
export function filled(
  text: string,
  valueOf: (name: string, isColumn: boolean) => string | undefined,
): string | undefined {
  const missing: string[] = [];
  const result = text.replaceAll(placeholder, (_, data: string | undefined, name: string) => {
    const value = valueOf(name, data !== undefined);
    if (value === undefined) missing.push(name);
    return value ?? '';
  });
  return missing.length === 0 ? result : undefined;
}
