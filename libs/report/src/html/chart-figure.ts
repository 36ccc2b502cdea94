import type { ChartSize } from '../charts/chart-frame.ts';
import type { Table } from '../facts/table.ts';
import { type Markup, markup } from './markup.ts';
import { tableMarkup } from './table-markup.ts';

/** A chart for wide and for narrow screens, with its figures as a table for those who prefer or need one. */
export const chartFigure = (figure: {
  readonly caption: string;
  readonly draw: (size: ChartSize) => Markup;
  readonly tableName: string;
  readonly table: Table;
}): Markup => markup`<p class="caption">${figure.caption}</p>
${figure.draw('wide')}${figure.draw('narrow')}
<details><summary>${figure.tableName}</summary>${tableMarkup(figure.table, figure.tableName)}</details>`;
