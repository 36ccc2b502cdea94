import { type RunRecord, formatCount, formatRate } from '@tideline/evidence';
import { area, line } from 'd3-shape';
import { formatCloudTime } from '../facts/cloud-time.ts';
import { failureKinds } from '../facts/key-figures.ts';
import { type Markup, markup, nothing } from '../html/markup.ts';
import { type ChartSize, type Plot, chartFrame, plotArea, px } from './chart-frame.ts';
import { edgeLabels } from './edge-labels.ts';
import { bandsAround, hoverBands, mostBands } from './hover-bands.ts';
import { type LoadPoint, loadSpan, mostPoints, thinSeries } from './load-series.ts';
import { timeAxis } from './time-axis.ts';
import { type TimeScale, timeScale } from './time-scale.ts';
import { valueAxis, linearScale } from './value-scale.ts';

const laneHeight = 34;

/** Requests answered per second during the load, against the rate asked for, with a lane of failures below. */
export function rateChart(record: RunRecord, size: ChartSize): Markup {
  const { load, speed } = record;
  const whole = plotArea(size, { height: size === 'wide' ? 210 : 190, above: 'measure' });
  const plot: Plot = { ...whole, bottom: whole.bottom - laneHeight };
  const points = thinSeries(load.series, mostPoints);
  const time = timeScale(whole, loadSpan(record), null);
  const asked = load.askedRequestsPerSecond;
  const scale = linearScale(plot, [
    ...points.map(({ requestsPerSecond }) => requestsPerSecond * 1.05),
    (asked ?? 0) * 1.05,
  ]);
  const x = (point: LoadPoint) => time.x(point.cloudSeconds);
  const y = (point: LoadPoint) => scale.y(point.requestsPerSecond);
  const last = points.at(-1);
  const description = `${formatCount(load.requests)} requests, ${formatRate(load.requestsPerSecond)} on average${asked === null ? '' : ` of ${formatRate(asked)} asked for`}; ${formatCount(load.failures.total)} failed.`;

  return chartFrame(whole, { id: 'rate', title: 'Requests per second during the load', description }, [
    valueAxis(plot, scale, 'requests per second'),
    markup`<path class="area answered" d="${area<LoadPoint>(x, plot.bottom, y).digits(1)([...points])}"/>`,
    markup`<path class="line answered" d="${line<LoadPoint>(x, y).digits(1)([...points])}"/>`,
    asked === null
      ? nothing
      : markup`<path class="line asked" d="M${px(time.x(load.fromCloudSeconds))},${px(scale.y(asked))}H${px(time.x(load.toCloudSeconds))}"/>`,
    edgeLabels(plot, [
      ...(asked === null
        ? []
        : [{ y: scale.y(asked), text: `asked ${formatCount(asked)}`, className: 'asked' }]),
      ...(last === undefined
        ? []
        : [{ y: y(last), text: `answered ${formatCount(last.requestsPerSecond)}`, className: 'answered' }]),
    ]),
    failureLane({ plot: whole, time, load, points }),
    hoverBands(
      whole,
      bandsAround(thinSeries(load.series, mostBands), {
        x,
        text: (point) =>
          `${formatCloudTime(point.cloudSeconds)}: ${formatRate(point.requestsPerSecond)}, ${formatCount(point.failures)} failed`,
      }),
    ),
    timeAxis(whole, time, speed),
  ]);
}

/** Failures are counts, not rates: they get bars of their own below the line. */
function failureLane(lane: {
  readonly plot: Plot;
  readonly time: TimeScale;
  readonly load: RunRecord['load'];
  readonly points: readonly LoadPoint[];
}): Markup {
  const { plot, time, load, points } = lane;
  const failed = points.filter(({ failures }) => failures > 0);
  const highest = failed.reduce((most, { failures }) => Math.max(most, failures), 1);
  const top = plot.bottom - laneHeight + 4;
  const width = Math.min(10, Math.max(2, (plot.right - plot.left) / Math.max(1, points.length) - 1));
  const total = load.failures.total;
  const label = total === 0 ? 'no failures' : `${formatCount(total)} failed: ${failureKinds(load.failures)}`;
  return markup`<path class="lane" d="M${plot.left},${top}H${plot.right}"/>
<text class="tick-label" x="${plot.left - 8}" y="${top + 19}" text-anchor="end">failed</text>
${failed.map(({ cloudSeconds, failures }) => {
  const height = Math.max(2, (failures / highest) * (laneHeight - 8));
  return markup`<rect class="failures" x="${px(time.x(cloudSeconds) - width / 2)}" y="${px(plot.bottom - height)}" width="${px(width)}" height="${px(height)}"/>`;
})}
<text class="${total === 0 ? 'lane-label' : 'lane-label failing'}" x="${plot.left + 6}" y="${top + 19}">${label}</text>`;
}
