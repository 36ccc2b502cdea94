import { type Markup, markup } from '../html/markup.ts';
import { type Plot, px } from './chart-frame.ts';

/** A stretch of a plot and what holds there, for a reader who points at it. */
interface HoverBand {
  /** Pixels from the left. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Values that show where the reader points: each band’s own title, which browsers show without a script. */
export const hoverBands = (plot: Plot, bands: readonly HoverBand[]): Markup => markup`<g class="hovers">
${bands
  .filter(({ from, to }) => to > from)
  .map(
    ({ from, to, text }) => markup`
<rect class="hover" x="${px(from)}" y="${plot.top}" width="${px(to - from)}" height="${px(plot.bottom - plot.top)}"><title>${text}</title></rect>`,
  )}</g>`;

/** Bands around points in order of time: each reaches half way to its neighbours. */
export function bandsAround<Point>(
  points: readonly Point[],
  { x, text }: { readonly x: (point: Point) => number; readonly text: (point: Point) => string },
): readonly HoverBand[] {
  return points.map((point, index) => {
    const at = x(point);
    const [before, after] = [points[index - 1], points[index + 1]];
    return {
      from: before === undefined ? at - 3 : (x(before) + at) / 2,
      to: after === undefined ? at + 3 : (at + x(after)) / 2,
      text: text(point),
    };
  });
}

/** More bands than a hand can point at would only make the page large. */
export const mostBands = 160;
