import { type Palette, type Table, tableBlocks, wrapText } from '@tideline/report';

/** USD with two decimals: `1,234.50`. */
export const usd = (amount: number): string =>
  amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A quantity with as many decimals as it needs to be told from 0. */
export const quantity = (amount: number): string =>
  amount.toLocaleString('en-US', { maximumSignificantDigits: amount < 100 ? 3 : 6 });

export const percent = (share: number): string => `${Math.round(share)} %`;

const width = 100;
const indent = '  ';
const inner = width - indent.length;

/** A titled part of the report, as lines; empty without content. */
export const section = (title: string, lines: readonly string[], paint: Palette): readonly string[] =>
  lines.length === 0 ? [] : [paint.bold(title), ...lines.map((line) => (line === '' ? '' : indent + line))];

export const tableLines = (table: Table, paint: Palette): readonly string[] =>
  tableBlocks(table, inner).flatMap((block, index) => (index === 0 ? block.map(paint.dim) : block));

/** A table whose columns say themselves what they are. */
export const untitledLines = (table: Table): readonly string[] => tableBlocks(table, inner).slice(1).flat();

export const paragraph = (text: string): readonly string[] => wrapText(text, inner);

export const bullet = (text: string): readonly string[] =>
  wrapText(text, inner - indent.length).map((line, index) => (index === 0 ? `• ${line}` : indent + line));
