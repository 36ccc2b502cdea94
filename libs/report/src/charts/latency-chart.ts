import { type RunRecord, formatMilliseconds } from '@tideline/evidence';
import { line } from 'd3-shape';
import { formatCloudTime } from '../facts/cloud-time.ts';
import { spokenName } from '../facts/plain-text.ts';
import { type Markup, markup } from '../html/markup.ts';
import { type ChartSize, chartFrame, plotArea } from './chart-frame.ts';
import { edgeLabels } from './edge-labels.ts';
import { bandsAround, hoverBands, mostBands } from './hover-bands.ts';
import { type LoadPoint, loadSpan, mostPoints, thinSeries } from './load-series.ts';
import { timeAxis, timeBand } from './time-axis.ts';
import { timeScale } from './time-scale.ts';
import { valueAxis, spreadScale } from './value-scale.ts';

interface Percentile {
  readonly name: string;
  readonly of: (point: LoadPoint) => number;
}

/** The 95th where the record says it. */
const percentilesOf = (points: readonly LoadPoint[]): readonly Percentile[] => [
  { name: 'p50', of: ({ p50Ms }) => p50Ms },
  ...(points.every(({ p95Ms }) => p95Ms !== undefined)
    ? [{ name: 'p95', of: ({ p95Ms = 0 }: LoadPoint) => p95Ms }]
    : []),
  { name: 'p99', of: ({ p99Ms }) => p99Ms },
];

/** Median, 95th and 99th percentile of latency during the load, with its phases shaded. */
export function latencyChart(record: RunRecord, size: ChartSize): Markup {
  const { load, speed } = record;
  const plot = plotArea(size, { height: size === 'wide' ? 210 : 190, above: 'names' });
  const points = thinSeries(load.series, mostPoints).filter(({ p99Ms }) => p99Ms > 0);
  const percentiles = percentilesOf(points);
  const time = timeScale(plot, loadSpan(record), null);
  const scale = spreadScale(
    plot,
    points.flatMap(({ p50Ms, p99Ms }) => [p50Ms, p99Ms * 1.05]),
  );
  const last = points.at(-1);
  const { p50, p95, p99, max } = load.latencyMs;
  const description = `Over the whole load p50 ${formatMilliseconds(p50)},${p95 === undefined ? '' : ` p95 ${formatMilliseconds(p95)},`} p99 ${formatMilliseconds(p99)}, at most ${formatMilliseconds(max)}.`;

  return chartFrame(plot, { id: 'latency', title: 'Latency during the load', description }, [
    ...load.phases.map((phase, index) =>
      timeBand(plot, time, {
        ...phase,
        className: index % 2 === 0 ? 'phase' : 'phase odd',
        labels: [spokenName(phase.name), phase.name.split('-')[0] ?? phase.name],
        labelAt: 'top',
      }),
    ),
    valueAxis(plot, scale, scale.remark === null ? 'milliseconds' : `milliseconds, ${scale.remark}`),
    ...percentiles.map(({ name, of }) => {
      const path = line<LoadPoint>(
        (point) => time.x(point.cloudSeconds),
        (point) => scale.y(of(point)),
      ).digits(1)([...points]);
      return markup`<path class="line ${name}" d="${path}"/>`;
    }),
    edgeLabels(
      plot,
      last === undefined
        ? []
        : percentiles.map(({ name, of }) => ({
            y: scale.y(of(last)),
            text: `${name} ${formatMilliseconds(of(last))}`,
            className: name,
          })),
    ),
    hoverBands(
      plot,
      bandsAround(thinSeries(points, mostBands), {
        x: ({ cloudSeconds }) => time.x(cloudSeconds),
        text: (point) =>
          `${formatCloudTime(point.cloudSeconds)}: ${percentiles.map(({ name, of }) => `${name} ${formatMilliseconds(of(point))}`).join(', ')}`,
      }),
    ),
    timeAxis(plot, time, speed),
  ]);
}
