import { type RunRecord, type TimelinePoint, capacityNoun } from '@tideline/evidence';
import { area, curveStepAfter, line } from 'd3-shape';
import { numberedActivities } from '../facts/activity-table.ts';
import { formatCloudTime } from '../facts/cloud-time.ts';
import { capitalised, taskJourney } from '../facts/key-figures.ts';
import { type Markup, markup } from '../html/markup.ts';
import { activityMarkers } from './activity-markers.ts';
import { type ChartSize, type Plot, chartFrame, plotArea, px } from './chart-frame.ts';
import { edgeLabels } from './edge-labels.ts';
import { hoverBands } from './hover-bands.ts';
import { eventfulSpan, runSpan } from './load-series.ts';
import { timeAxis, timeBand } from './time-axis.ts';
import { timeScale } from './time-scale.ts';
import { valueAxis, type ValueScale, countScale } from './value-scale.ts';

const countNames = ['desired', 'running', 'healthy'] as const;

/**
 * Desired, running and healthy tasks or instances over cloud time, with the scaling activities marked.
 * @param id unique within the page
 */
export function tasksChart(record: RunRecord, id: string, size: ChartSize): Markup {
  const { scaling, load, speed } = record;
  const noun = capacityNoun(record);
  const plot = plotArea(size, { height: size === 'wide' ? 210 : 180, above: 'markers' });
  const time = timeScale(plot, runSpan(record), eventfulSpan(record));
  const changes = timelineChanges(scaling.timeline);
  const highest = changes.reduce(
    (most, point) => Math.max(most, point.desired, point.running, point.healthy),
    scaling.maxTasks,
  );
  const scale = countScale(plot, highest);
  const x = (point: TimelinePoint) => time.x(point.cloudSeconds);
  const path = (name: (typeof countNames)[number]) =>
    line<TimelinePoint>(x, (point) => scale.y(point[name]))
      .curve(curveStepAfter)
      .digits(1)([...changes]);
  const runningArea = area<TimelinePoint>(x, plot.bottom, (point) => scale.y(point.running))
    .curve(curveStepAfter)
    .digits(1)([...changes]);
  const last = changes.at(-1);

  return chartFrame(
    plot,
    { id, title: `${capitalised(noun)} over cloud time`, description: description(record) },
    [
      timeBand(plot, time, { ...load, className: 'load', labels: ['load'], labelAt: 'foot' }),
      valueAxis(plot, scale, noun),
      bound(plot, scale, { name: 'max', value: scaling.maxTasks }),
      bound(plot, scale, { name: 'min', value: scaling.minTasks }),
      markup`<path class="area running" d="${runningArea}"/>`,
      ...(['running', 'healthy', 'desired'] as const).map(
        (name) => markup`<path class="line ${name}" d="${path(name)}"/>`,
      ),
      hoverBands(
        plot,
        changes.map((point, index) => ({
          from: x(point),
          to: time.x(changes[index + 1]?.cloudSeconds ?? time.span.toCloudSeconds),
          text: `from ${formatCloudTime(point.cloudSeconds)}: ${countNames.map((name) => `${name} ${point[name]}`).join(', ')}`,
        })),
      ),
      activityMarkers(plot, time, numberedActivities(scaling.activities)),
      edgeLabels(
        plot,
        last === undefined
          ? []
          : countNames.map((name) => ({
              y: scale.y(last[name]),
              text: `${name} ${last[name]}`,
              className: name,
            })),
      ),
      timeAxis(plot, time, speed),
    ],
  );
}

/** Points where a count changes, and the last: all that a step line needs. */
const timelineChanges = (timeline: readonly TimelinePoint[]): readonly TimelinePoint[] =>
  timeline
    .toSorted((one, other) => one.cloudSeconds - other.cloudSeconds)
    .filter(
      (point, index, sorted) =>
        index === sorted.length - 1 || countNames.some((name) => point[name] !== sorted[index - 1]?.[name]),
    );

const bound = (plot: Plot, scale: ValueScale, limit: { name: string; value: number }): Markup => {
  const y = px(scale.y(limit.value));
  return markup`<path class="bound" d="M${plot.left},${y}H${plot.right}"/>
<text class="bound-label" x="${plot.left + 5}" y="${y - 5}">${limit.name} ${limit.value}</text>`;
};

function description(record: RunRecord): string {
  const { fromCloudSeconds, toCloudSeconds } = record.load;
  return `Running ${capacityNoun(record)} at start, peak and end: ${taskJourney(record) ?? 'not observed'}. Load from ${formatCloudTime(fromCloudSeconds)} to ${formatCloudTime(toCloudSeconds)}.`;
}
