import { type Markup, markup } from '../html/markup.ts';
import { type Plot, px } from './chart-frame.ts';

/** Names a line where it ends, at the right edge of the plot. */
export interface EdgeLabel {
  readonly y: number;
  readonly text: string;
  /** Class of the line, which gives the label its colour and its key its stroke. */
  readonly className: string;
}

const lineHeight = 16;
const keyWidth = { wide: 14, narrow: 8 } as const;

/** Labels beside the ends of their lines, moved apart where they would overlap, each with a key of its stroke. */
export const edgeLabels = (plot: Plot, labels: readonly EdgeLabel[]): Markup => markup`<g class="edge-labels">
${spread(plot, labels).map(
  ({ y, at, text, className }) => markup`
<path class="leader" d="M${plot.right + 1},${px(y)}L${plot.right + 8},${px(at)}"/>
<path class="line ${className}" d="M${plot.right + 8},${px(at)}h${keyWidth[plot.size]}"/>
<text class="edge-label ${className}" x="${plot.right + 8 + keyWidth[plot.size] + 4}" y="${px(at + 4)}">${text}</text>`,
)}</g>`;

/** Keeps the order of the lines and the distance of a line of text, within the plot. */
function spread(plot: Plot, labels: readonly EdgeLabel[]): readonly (EdgeLabel & { readonly at: number })[] {
  const placed: (EdgeLabel & { at: number })[] = [];
  for (const label of labels.toSorted((one, other) => one.y - other.y)) {
    const above = placed.at(-1);
    placed.push({ ...label, at: above === undefined ? label.y : Math.max(label.y, above.at + lineHeight) });
  }
  const overflow = Math.max(0, (placed.at(-1)?.at ?? 0) - plot.bottom);
  return placed.map((label, index) => ({
    ...label,
    at: Math.min(label.at, Math.max(label.at - overflow, plot.top + index * lineHeight)),
  }));
}
