import { stringify } from 'yaml';
import type { Imported } from '../list/import-draft.ts';

/** Forms in which a description is written. */
export const formats = ['yaml', 'json', 'ts'] as const;
export type Format = (typeof formats)[number];

const tsKey = /^[A-Za-z_$][\w$]*$/;

/** The description as a file of one form. @param from says what it was made of */
export function renderDescription(
  { description }: Pick<Imported, 'description'>,
  { format, from }: { readonly format: Format; readonly from: string },
): string {
  const made = `Made by tideline import from ${from.replace(/\s+/g, ' ')}. From here on it is yours to edit.`;
  switch (format) {
    case 'json':
      return `${JSON.stringify(description, null, 2)}\n`;
    case 'ts':
      return `// ${made}\nexport default ${literal(description, '')};\n`;
    case 'yaml':
      return `# ${made}\n${stringify(description, { lineWidth: 100, aliasDuplicateObjects: false })}`;
  }
}

/** A value as TypeScript writes it. */
function literal(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return value.length === 0
      ? '[]'
      : `[\n${value.map((item) => `${inner}${literal(item, inner)},\n`).join('')}${indent}]`;
  if (typeof value !== 'object' || value === null) return scalar(value);
  const fields = Object.entries(value).map(
    // A key of this name would set the prototype, unless it is computed.
    ([key, item]) =>
      `${inner}${key === '__proto__' ? '["__proto__"]' : tsKey.test(key) ? key : scalar(key)}: ${literal(item, inner)},\n`,
  );
  return fields.length === 0 ? '{}' : `{\n${fields.join('')}${indent}}`;
}

/** JSON is TypeScript but for two separators of lines that older readers do not take. */
const scalar = (value: unknown): string =>
  JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
