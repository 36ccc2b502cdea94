import { stringify } from 'yaml';

/** A field of a description, with what a reader should know of it. */
export interface Entry {
  readonly key: string;
  /** Entries of an object, or a value as JSON has it. */
  readonly value: unknown;
  readonly comment?: string;
}

export const formats = ['ts', 'yaml', 'json'] as const;
export type Format = (typeof formats)[number];

interface Notation {
  readonly head: (schema: string) => string;
  readonly body: (entries: readonly Entry[]) => string;
}

const isEntries = (value: unknown): value is readonly Entry[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null && 'key' in item);

const plain = (entries: readonly Entry[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(entries.map(({ key, value }) => [key, isEntries(value) ? plain(value) : value]));

const title = 'What `tideline up` runs on this machine, and `tideline deploy` at AWS.';
const width = 100;

/** Each format. JSON has no comments: its schema explains the fields in an editor. */
const notations: Readonly<Record<Format, Notation>> = {
  ts: {
    head: (schema) => `// ${title}\n// Every field: ${schema}\n`,
    body: (entries) => `export default ${block(entries, '')};\n`,
  },
  yaml: {
    head: (schema) => `# yaml-language-server: $schema=${schema}\n# ${title}\n`,
    body: (entries) => yamlLines(entries, '').join('\n') + '\n',
  },
  json: {
    head: () => '',
    body: (entries) => `${JSON.stringify(plain(entries), null, 2)}\n`,
  },
};

/** The file of a description. @param schema where a reader, or an editor, finds every field */
export function renderDescription(entries: readonly Entry[], format: Format, schema: string): string {
  const { head, body } = notations[format];
  const all = format === 'json' ? [{ key: '$schema', value: schema }, ...entries] : entries;
  return `${head(schema)}${body(all)}`;
}

function block(entries: readonly Entry[], indent: string): string {
  const inner = `${indent}  `;
  const lines = entries.flatMap(({ key, value, comment }) => {
    const text = isEntries(value) ? block(value, inner) : script(value);
    return [...wrapped(comment, `${inner}// `), `${inner}${key}: ${text},`];
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

/** A value as a TypeScript literal, on one line. */
function script(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(script).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${key}: ${script(item)}`)
      .join(', ')} }`;
  if (typeof value !== 'string') return JSON.stringify(value);
  // JSON’s escapes are TypeScript’s too.
  return value.includes("'")
    ? JSON.stringify(value)
    : `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"')}'`;
}

function yamlLines(entries: readonly Entry[], indent: string): readonly string[] {
  return entries.flatMap(({ key, value, comment }) => {
    const lines = isEntries(value)
      ? [`${key}:`, ...yamlLines(value, '  ')]
      : // Without block scalars, whose last line breaks belong to the value.
        stringify({ [key]: value }, { lineWidth: 0, blockQuote: false })
          .trimEnd()
          .split('\n');
    return [...wrapped(comment, `${indent}# `), ...lines.map((line) => `${indent}${line}`)];
  });
}

function wrapped(comment: string | undefined, prefix: string): readonly string[] {
  if (comment === undefined) return [];
  const lines = [''];
  for (const word of comment.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (`${prefix}${last} ${word}`.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line) => `${prefix}${line}`);
}
