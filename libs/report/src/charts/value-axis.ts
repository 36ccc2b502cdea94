import { type Markup, markup } from '../html/markup.ts';
import { type Plot, px } from './chart-frame.ts';
import type { ValueScale } from './value-scale.ts';

/** Grid lines with their values at the left, and what they measure above them. */
export const valueAxis = (plot: Plot, scale: ValueScale, measure: string): Markup => markup`<g class="axis">
${scale.ticks.map(
  ({ y, label }) => markup`
<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${px(y)}" y2="${px(y)}"/>
<text class="tick-label" x="${plot.left - 8}" y="${px(y + 4)}" text-anchor="end">${label}</text>`,
)}
<text class="measure" x="4" y="12">${measure}</text></g>`;
