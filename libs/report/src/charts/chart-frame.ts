import { type Markup, markup } from '../html/markup.ts';

/** A chart is drawn twice, for wide and for narrow screens, so that its text keeps its size. */
export type ChartSize = 'wide' | 'narrow';

/** Edges of the plotting area, pixels; around it lie the axes and labels. */
export interface Plot {
  readonly size: ChartSize;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Text in place of the picture where it cannot be seen. */
export interface ChartText {
  /** Unique within the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

const widths = { wide: 940, narrow: 380 } as const;
const axisHeight = 54;

/** Room above a plot, pixels: for the name of its measure alone, for names of stretches below it, or for numbered markers. */
const headroom = {
  wide: { measure: 26, names: 40, markers: 48 },
  narrow: { measure: 26, names: 40, markers: 62 },
} as const;

export function plotArea(
  size: ChartSize,
  area: { readonly height: number; readonly above: 'measure' | 'names' | 'markers' },
): Plot {
  const wide = size === 'wide';
  const top = headroom[size][area.above];
  return {
    size,
    left: wide ? 58 : 52,
    right: widths[size] - (wide ? 136 : 116),
    top,
    bottom: top + area.height,
  };
}

export const chartFrame = (plot: Plot, text: ChartText, body: readonly Markup[]): Markup => markup`
<svg class="chart ${plot.size}" viewBox="0 0 ${widths[plot.size]} ${plot.bottom + axisHeight}" role="img" aria-labelledby="${text.id}-${plot.size}-title ${text.id}-${plot.size}-desc">
<title id="${text.id}-${plot.size}-title">${text.title}</title>
<desc id="${text.id}-${plot.size}-desc">${text.description}</desc>
${body}
</svg>`;

/** A coordinate as it is written into the picture: a tenth of a pixel is finer than anyone sees. */
export const px = (value: number): number => Math.round(value * 10) / 10;
