import { scaleLinear } from 'd3-scale';
import { formatCloudTime } from '../facts/cloud-time.ts';
import type { Plot } from './chart-frame.ts';

export interface Interval {
  readonly fromCloudSeconds: number;
  readonly toCloudSeconds: number;
}

/** Where each moment of cloud time lies across a plot. */
export interface TimeScale {
  readonly span: Interval;
  /** Pixels from the left; moments outside the span lie at its ends. */
  readonly x: (cloudSeconds: number) => number;
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
}

const steps = [5, 10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];
const tickSpacing = 58;

/** Below this share of the width, what happens in the focus can no longer be distinguished … */
const leastFocusShare = 0.2;
/** … and it is given this share instead. */
const givenFocusShare = 0.6;

/** Linear in cloud time, unless the focus (where something happens) would drown in the idle time around it. */
export function timeScale(plot: Plot, span: Interval, focus: Interval | null): TimeScale {
  const from = span.fromCloudSeconds;
  const to = Math.max(span.toCloudSeconds, from + 1);
  const knots = knotsOf({ fromCloudSeconds: from, toCloudSeconds: to }, focus);
  const scale = scaleLinear(
    knots.map(({ cloudSeconds }) => cloudSeconds),
    knots.map(({ share }) => plot.left + share * (plot.right - plot.left)),
  ).clamp(true);
  return {
    span: { fromCloudSeconds: from, toCloudSeconds: to },
    x: (cloudSeconds) => scale(cloudSeconds),
    ticks: spaced(
      knots.slice(1).flatMap((knot, index) => segmentTicks(knots[index] ?? knot, knot, scale)),
    ).map((tick) => ({ x: scale(tick), label: tickLabel(tick, to) })),
  };

  function spaced(ticks: readonly number[]): readonly number[] {
    const kept: number[] = [];
    for (const tick of ticks) {
      const last = kept.at(-1);
      if (last === undefined || scale(tick) - scale(last) >= tickSpacing * 0.8) kept.push(tick);
    }
    return kept;
  }
}

/** Whether time outside the focus is drawn tighter than within. */
export function isCompressed(span: Interval, focus: Interval): boolean {
  const share =
    (focus.toCloudSeconds - focus.fromCloudSeconds) / (span.toCloudSeconds - span.fromCloudSeconds);
  return share > 0 && share < leastFocusShare;
}

interface Knot {
  readonly cloudSeconds: number;
  /** Of the plot’s width, from the left. */
  readonly share: number;
}

function knotsOf(span: Interval, focus: Interval | null): readonly Knot[] {
  const length = span.toCloudSeconds - span.fromCloudSeconds;
  const ends: readonly Knot[] = [
    { cloudSeconds: span.fromCloudSeconds, share: 0 },
    { cloudSeconds: span.toCloudSeconds, share: 1 },
  ];
  if (focus === null) return ends;
  if (!isCompressed(span, focus)) return ends;
  const focusLength = focus.toCloudSeconds - focus.fromCloudSeconds;
  const before =
    ((focus.fromCloudSeconds - span.fromCloudSeconds) / (length - focusLength)) * (1 - givenFocusShare);
  return [
    { cloudSeconds: span.fromCloudSeconds, share: 0 },
    ...(before > 0 ? [{ cloudSeconds: focus.fromCloudSeconds, share: before }] : []),
    ...(before + givenFocusShare < 1
      ? [{ cloudSeconds: focus.toCloudSeconds, share: before + givenFocusShare }]
      : []),
    { cloudSeconds: span.toCloudSeconds, share: 1 },
  ];
}

function segmentTicks(from: Knot, to: Knot, scale: (cloudSeconds: number) => number): readonly number[] {
  const pixels = scale(to.cloudSeconds) - scale(from.cloudSeconds);
  const least = ((to.cloudSeconds - from.cloudSeconds) * tickSpacing) / Math.max(1, pixels);
  const step = steps.find((candidate) => candidate >= least) ?? 86_400 * Math.ceil(least / 86_400);
  const first = Math.ceil(from.cloudSeconds / step) * step;
  const count = Math.max(0, Math.floor((to.cloudSeconds - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => first + index * step);
}

/** Hours on every tick or on none: `16:00` beside `16:00:00` would be misread. */
function tickLabel(cloudSeconds: number, lastCloudSeconds: number): string {
  const label = formatCloudTime(cloudSeconds);
  return lastCloudSeconds >= 3600 && cloudSeconds < 3600 ? `0:${label}` : label;
}
