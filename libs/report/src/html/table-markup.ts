import type { Table } from '../facts/table.ts';
import { type Markup, markup } from './markup.ts';
import type { ChartSize } from '../charts/chart-frame.ts';

/** Long text gets a column that may wrap, in a quieter colour. */
const proseLength = 44;

/** A table that scrolls by itself where the screen is narrower. `label` names it to those who cannot see its place. */
export function tableMarkup({ columns, rows }: Table, label: string): Markup {
  const classes = columns.map(({ align }, index) => {
    if (align === 'right') return 'right';
    return rows.some((row) => (row[index] ?? '').length > proseLength) ? 'prose' : 'name';
  });
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="${classes.includes('prose') ? 'stack' : ''}">
<thead><tr>${columns.map(
    ({ title, align }) => markup`<th scope="col" class="${align === 'right' ? 'right' : ''}">${title}</th>`,
  )}</tr></thead>
<tbody>${rows.map(
    (row) => markup`
<tr>${row.map((cell, index) => markup`<td class="${classes[index] ?? ''}" data-label="${columns[index]?.title ?? ''}">${cell}</td>`)}</tr>`,
  )}</tbody>
</table></div>`;
}

/** A chart for wide and for narrow screens, with its figures as a table for those who prefer or need one. */
export const chartFigure = (figure: {
  readonly caption: string;
  readonly draw: (size: ChartSize) => Markup;
  readonly tableName: string;
  readonly table: Table;
}): Markup => markup`<p class="caption">${figure.caption}</p>
${figure.draw('wide')}${figure.draw('narrow')}
<details><summary>${figure.tableName}</summary>${tableMarkup(figure.table, figure.tableName)}</details>`;
