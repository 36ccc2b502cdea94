import { scaleLinear, scaleLog, scaleSymlog } from 'd3-scale';
import { type Plot, px } from './chart-frame.ts';
import { type Markup, markup } from '../html/markup.ts';

/** Where each value lies in the height of a plot. */
export interface ValueScale {
  /** Pixels from the top; values outside the scale lie at its ends. */
  readonly y: (value: number) => number;
  readonly ticks: readonly { readonly y: number; readonly label: string }[];
  /** How the axis departs from even steps, in words; null when it does not. */
  readonly remark: string | null;
}

const ticksIn = (plot: Plot): number => Math.max(2, Math.round((plot.bottom - plot.top) / 42));

/** From zero (or the lowest value below it) to the highest, in even steps. */
export function linearScale(plot: Plot, values: readonly number[]): ValueScale {
  const [lowest, highest] = bounds(values);
  const top = highest > lowest ? highest : lowest + 1;
  const scale = scaleLinear([lowest, top], [plot.bottom, plot.top]).nice(ticksIn(plot)).clamp(true);
  return { y: (value) => scale(value), ticks: labelled(scale.ticks(ticksIn(plot)), scale), remark: null };
}

/** Whole numbers from zero to the highest, without steps between them. */
export function countScale(plot: Plot, highest: number): ValueScale {
  const top = Math.max(1, highest);
  const scale = scaleLinear([0, top * 1.08], [plot.bottom, plot.top]).clamp(true);
  const step = Math.max(1, Math.ceil(top / 8));
  const ticks = Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step);
  return { y: (value) => scale(value), ticks: labelled(ticks, scale), remark: null };
}

/** Spread of the values above which even steps would hide the small ones. */
const wideSpread = 20;

/** Even steps, or a logarithmic axis where the values spread widely. Only positive values are on a logarithmic one. */
export function spreadScale(plot: Plot, values: readonly number[]): ValueScale {
  const positive = values.map(drawable).filter((value) => value >= leastOnLogAxis);
  const lowest = positive.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = positive.reduce((most, value) => Math.max(most, value), 0);
  if (positive.length === 0 || highest / lowest <= wideSpread) return linearScale(plot, values);
  const scale = scaleLog([lowest / 1.3, highest * 1.3], [plot.bottom, plot.top]).clamp(true);
  return {
    y: (value) => scale(Math.max(value, lowest / 1.3)),
    ticks: labelled(decadeTicks(lowest / 1.3, highest * 1.3, ticksIn(plot)), scale),
    remark: 'log axis',
  };
}

/**
 * Even steps, or, where the values exceed the reference many times over, even up to about the reference
 * and logarithmic beyond, so that both can be read.
 */
export function referenceScale(plot: Plot, values: readonly number[], reference: number): ValueScale {
  const [lowest, highest] = bounds(values);
  if (reference < leastOnLogAxis || highest / reference <= wideSpread) return linearScale(plot, values);
  const constant = 10 ** Math.floor(Math.log10(reference));
  const scale = scaleSymlog([lowest, highest * 1.15], [plot.bottom, plot.top])
    .constant(constant)
    .clamp(true);
  const decades = decadeTicks(constant, highest * 1.15, ticksIn(plot) - 1);
  return {
    y: (value) => scale(value),
    ticks: labelled([0, ...decades], scale),
    remark: `log axis above ${formatTick(constant)}`,
  };
}

/** Nothing that is measured comes near these; beyond them, arithmetic on an axis overflows. */
const mostDrawable = 1e15;
const leastOnLogAxis = 1e-9;
const drawable = (value: number): number =>
  Math.abs(value) < leastOnLogAxis ? 0 : Math.min(mostDrawable, Math.max(-mostDrawable, value));

function bounds(values: readonly number[]): readonly [number, number] {
  return [
    values.reduce((least, value) => Math.min(least, drawable(value)), 0),
    values.reduce((most, value) => Math.max(most, drawable(value)), 0),
  ];
}

/** 1, 2, 5, 10, … between the bounds, thinned to whole decades where there would be too many. */
function decadeTicks(from: number, to: number, wanted: number): readonly number[] {
  const first = Math.floor(Math.log10(from));
  const decades = Array.from({ length: Math.ceil(Math.log10(to)) - first + 1 }, (_, index) => first + index);
  const within = (ticks: readonly number[]) => ticks.filter((tick) => tick >= from && tick <= to);
  const fine = within(decades.flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power)));
  if (fine.length <= wanted + 2) return fine;
  const every = Math.max(1, Math.ceil(decades.length / (wanted + 2)));
  return within(decades.filter((_, index) => index % every === 0).map((power) => 10 ** power));
}

const labelled = (ticks: readonly number[], scale: (value: number) => number): ValueScale['ticks'] =>
  ticks.map((tick) => ({ y: scale(tick), label: formatTick(tick) }));

const plain = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** `0.05`, `250`, `12,000`, `340K`. */
const formatTick = (value: number): string => (Math.abs(value) >= 100_000 ? compact : plain).format(value);

/** Grid lines with their values at the left, and what they measure above them. */
export const valueAxis = (plot: Plot, scale: ValueScale, measure: string): Markup => markup`<g class="axis">
${scale.ticks.map(
  ({ y, label }) => markup`
<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${px(y)}" y2="${px(y)}"/>
<text class="tick-label" x="${plot.left - 8}" y="${px(y + 4)}" text-anchor="end">${label}</text>`,
)}
<text class="measure" x="4" y="12">${measure}</text></g>`;
