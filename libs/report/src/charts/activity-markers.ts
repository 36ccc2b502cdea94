import { isScaleIn, isScaleOut } from '@tideline/evidence';
import type { NumberedActivity } from '../facts/activity-table.ts';
import { type Markup, markup } from '../html/markup.ts';
import { type Plot, px } from './chart-frame.ts';
import type { TimeScale } from './time-scale.ts';

const radius = 8;
/** Above the plot; a marker that would cover another moves up a row. */
const rows = [13, 31] as const;

/**
 * Marks activities that changed the desired count with the number that the table of activities gives them,
 * and those that did not with a short tick at the top of the plot.
 */
export function activityMarkers(
  plot: Plot,
  time: TimeScale,
  activities: readonly NumberedActivity[],
): Markup {
  const changes = activities.filter(({ activity }) => isScaleOut(activity) || isScaleIn(activity));
  const refusals = activities.filter((numbered) => !changes.includes(numbered));
  const lastInRow = rows.map(() => -Infinity);
  return markup`<g class="activities">
${refusals.map(({ activity, lastCloudSeconds }) => {
  const from = px(time.x(activity.cloudSeconds));
  return markup`<path class="refusal" d="M${from},${plot.top}v6M${from},${plot.top}H${px(time.x(lastCloudSeconds))}v6"/>`;
})}
${changes.map(({ number, activity }) => {
  const x = time.x(activity.cloudSeconds);
  const free = lastInRow.findIndex((last) => x - last >= 2 * radius + 1);
  if (free >= 0) lastInRow[free] = x;
  return marker(plot, { x: px(x), row: rows[free], number, out: isScaleOut(activity) });
})}</g>`;
}

function marker(
  plot: Plot,
  at: {
    readonly x: number;
    readonly row: number | undefined;
    readonly number: number;
    readonly out: boolean;
  },
): Markup {
  const direction = at.out ? 'out' : 'in';
  if (at.row === undefined) {
    return markup`<path class="moment ${direction}" d="M${at.x},${plot.top}V${plot.bottom}"/>`;
  }
  const y = plot.top - at.row;
  return markup`<path class="moment ${direction}" d="M${at.x},${y + radius}V${plot.bottom}"/>
<circle class="marker ${direction}" cx="${at.x}" cy="${y}" r="${radius}"/>
<text class="marker-number" x="${at.x}" y="${y + 4}" text-anchor="middle">${at.number}</text>`;
}
