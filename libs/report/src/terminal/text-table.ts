import { plainText } from '../facts/plain-text.ts';
import type { Column, Table } from '../facts/table.ts';

const gap = '  ';

/**
 * A table at most `width` columns wide; the widest columns wrap until it fits.
 * One block of lines per row; the first block holds the column titles.
 */
export function tableBlocks(table: Table, width: number): readonly (readonly string[])[] {
  const rows = [table.columns.map(({ title }) => title), ...table.rows.map((row) => row.map(plainText))];
  const widths = fittingWidths(
    table.columns.map((_, index) => Math.max(...rows.map((row) => lengthOf(row[index] ?? '')))),
    width - gap.length * (table.columns.length - 1),
  );
  return rows.map((row) => rowLines(row, { columns: table.columns, widths }));
}

/** Narrows the widest column, one character at a time, until all fit. */
function fittingWidths(natural: readonly number[], available: number): readonly number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, width) => sum + width, 0);
  while (total() > available && Math.max(...widths) > 1) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}

function rowLines(
  row: readonly string[],
  layout: { readonly columns: readonly Column[]; readonly widths: readonly number[] },
): readonly string[] {
  const cells = layout.columns.map((column, index) => {
    const width = layout.widths[index] ?? 0;
    const lines = wrapText(row[index] ?? '', Math.max(1, width));
    return { align: column.align, width, lines };
  });
  const height = Math.max(...cells.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((cell) => padded(cell.lines[line] ?? '', cell))
      .join(gap)
      .trimEnd(),
  );
}

function padded(text: string, cell: { readonly align: Column['align']; readonly width: number }): string {
  const space = ' '.repeat(Math.max(0, cell.width - lengthOf(text)));
  return cell.align === 'right' ? space + text : text + space;
}

/** Breaks text at spaces into lines of at most `width` characters; a longer word is cut. At least one line. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u).flatMap((whole) => cut(whole, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (lengthOf(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** In code points: close enough to columns for the scripts that names and causes are written in. */
export const lengthOf = (text: string): number => Array.from(text).length;

function cut(word: string, width: number): readonly string[] {
  const characters = Array.from(word);
  if (characters.length <= width) return [word];
  return [characters.slice(0, width).join(''), ...cut(characters.slice(width).join(''), width)];
}
