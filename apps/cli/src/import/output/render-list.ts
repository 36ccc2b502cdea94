import type { Imported, Remark } from '../list/import-draft.ts';

/** The list of what was not carried over, as text that ends in a line break. */
export function renderList({ carried, left, changed, chosen }: Imported, file: string): string {
  const fields = new Set(carried.map(({ from }) => from)).size;
  return [
    `Wrote ${file}: ${fields} ${fields === 1 ? 'value' : 'values'} of the source carried over.\n`,
    section('Not carried over', left),
    section('Carried over with another meaning', changed),
    section('Chosen here, since the source does not say', chosen),
  ].join('');
}

function section(title: string, remarks: readonly Remark[]): string {
  if (remarks.length === 0) return '';
  const lines = remarks.map(({ path, reason }) => `  ${printable(path)}\n      ${printable(reason)}\n`);
  return `\n${title} (${remarks.length}):\n${lines.join('')}`;
}

/** Keys of a source may hold anything, and a terminal obeys what it is sent. */
const printable = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
