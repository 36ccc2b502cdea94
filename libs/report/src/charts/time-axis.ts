import type { RunRecord } from '@tideline/evidence';
import { formatSpeed } from '../facts/run-facts.ts';
import { type Markup, markup, nothing } from '../html/markup.ts';
import { type Plot, px } from './chart-frame.ts';
import type { Interval, TimeScale } from './time-scale.ts';

/** The axis of cloud time below a plot, with a strip that shows its speed. */
export const timeAxis = (
  plot: Plot,
  time: TimeScale,
  speed: RunRecord['speed'],
): Markup => markup`<g class="axis">
<line class="base" x1="${plot.left}" x2="${plot.right}" y1="${plot.bottom}" y2="${plot.bottom}"/>
${time.ticks.map(
  ({ x, label }) => markup`
<line class="tick" x1="${px(x)}" x2="${px(x)}" y1="${plot.bottom}" y2="${plot.bottom + 5}"/>
<text class="tick-label" x="${px(x)}" y="${plot.bottom + 19}" text-anchor="middle">${label}</text>`,
)}
${speedStrip(plot, time, speed)}</g>`;

const stripOffset = 30;
const stripHeight = 16;

function speedStrip(plot: Plot, time: TimeScale, speed: RunRecord['speed']): Markup {
  if (speed.every((change) => change.speed === 1)) return nothing;
  const top = plot.bottom + stripOffset;
  const stretches = speed
    .map((change, index) => ({
      label: formatSpeed(change.speed),
      from: time.x(change.fromCloudSeconds),
      to: time.x(speed[index + 1]?.fromCloudSeconds ?? time.span.toCloudSeconds),
    }))
    .filter(({ from, to }) => to - from >= 1);
  return markup`<text class="strip-label" x="${plot.left - 8}" y="${top + 12}" text-anchor="end">speed</text>
${stretches.map(
  ({ label, from, to }) => markup`
<rect class="strip" x="${px(from)}" y="${top}" width="${px(to - from - 1)}" height="${stripHeight}" rx="3"/>
${
  to - from < 30
    ? nothing
    : markup`<text class="strip-label" x="${px((from + to) / 2)}" y="${top + 12}" text-anchor="middle">${label}</text>`
}`,
)}`;
}

/** A shaded stretch of time, named above its top or at its foot by the first of the labels that fits, if any. */
export function timeBand(
  plot: Plot,
  time: TimeScale,
  band: Interval & {
    readonly className: string;
    readonly labels: readonly string[];
    readonly labelAt: 'top' | 'foot';
  },
): Markup {
  const from = time.x(band.fromCloudSeconds);
  const to = time.x(band.toCloudSeconds);
  if (to <= from) return nothing;
  const label = band.labels.find((text) => text.length * 6.4 + 8 <= to - from);
  return markup`<rect class="band ${band.className}" x="${px(from)}" y="${plot.top}" width="${px(to - from)}" height="${plot.bottom - plot.top}"/>
${
  label === undefined
    ? nothing
    : markup`<text class="band-label" x="${px(from + 5)}" y="${band.labelAt === 'top' ? plot.top - 6 : plot.bottom - 7}">${label}</text>`
}`;
}
