import type { Table } from '../facts/table.ts';
import { plainText } from '../facts/plain-text.ts';

/** A table in GitHub-flavoured Markdown. */
export function markdownTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => escapeMarkdown(title))),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(escapeMarkdown))),
  ].join('\n');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text as the content of a GitHub-flavoured paragraph or table cell: on one line, with nothing read as markup. */
export const escapeMarkdown = (text: string): string =>
  plainText(text)
    .replace(/[\\`*_[\]|~]/gu, (character) => `\\${character}`)
    .replace(/[&<>]/gu, (character) => entities[character] ?? character);
