import {
  type MetricSeries,
  type PolicyObservation,
  type RunRecord,
  formatMeasure,
  isScaleOut,
} from '@tideline/evidence';
import { numberedActivities } from '../facts/activity-table.ts';
import { formatCloudTime } from '../facts/cloud-time.ts';
import { type Markup, markup, nothing } from '../html/markup.ts';
import { activityMarkers } from './activity-markers.ts';
import { type ChartSize, type Plot, chartFrame, plotArea, px } from './chart-frame.ts';
import { type EdgeLabel, edgeLabels } from './edge-labels.ts';
import { hoverBands } from './hover-bands.ts';
import { eventfulSpan, runSpan } from './load-series.ts';
import { timeAxis, timeBand } from './time-axis.ts';
import { type Interval, type TimeScale, timeScale } from './time-scale.ts';
import { valueAxis, type ValueScale, referenceScale } from './value-scale.ts';

/** One policy’s metric against its target and the thresholds of its alarms. */
export interface PolicyChart {
  /** Unique within the page. */
  readonly id: string;
  readonly policy: PolicyObservation;
  readonly metric: MetricSeries;
}

export function policyChart(record: RunRecord, chart: PolicyChart, size: ChartSize): Markup {
  const { policy, metric } = chart;
  const own = numberedActivities(record.scaling.activities).filter(
    ({ activity }) => activity.policy === policy.name,
  );
  const plot = plotArea(size, {
    height: size === 'wide' ? 190 : 180,
    above: own.length > 0 ? 'markers' : 'measure',
  });
  const time = timeScale(plot, runSpan(record), eventfulSpan(record));
  const values = metric.datapoints.map(({ value }) => value);
  const references = [policy.target ?? 0, ...policy.alarms.map(({ threshold }) => threshold)];
  const scale = referenceScale(
    plot,
    [...values, ...references].map((value) => value * 1.08),
    Math.max(...references),
  );
  const highest = values.reduce((most, value) => Math.max(most, value), values[0] ?? 0);
  const measure = [unitName(metric), ...(scale.remark === null ? [] : [scale.remark])].join(', ');
  const description = `${metric.key}: highest datapoint ${formatMeasure(highest)}; ${
    policy.target === null ? 'no target' : `target ${formatMeasure(policy.target)}`
  }.`;

  return chartFrame(plot, { id: chart.id, title: `Metric of policy ${policy.name}`, description }, [
    timeBand(plot, time, { ...record.load, className: 'load', labels: ['load'], labelAt: 'foot' }),
    ...scaleOutPeriods(record, policy.name).map((period) =>
      timeBand(plot, time, { ...period, className: 'scaling-out', labels: [], labelAt: 'foot' }),
    ),
    valueAxis(plot, scale, `${measure}; highest ${formatMeasure(highest)}`),
    ...referenceLines(plot, scale, policy),
    markup`<path class="line metric" d="${stepPath(metric, time, scale)}"/>`,
    hoverBands(
      plot,
      metric.datapoints.map(({ cloudSeconds, value }) => ({
        from: time.x(cloudSeconds),
        to: time.x(cloudSeconds + metric.periodSeconds),
        text: `from ${formatCloudTime(cloudSeconds)}: ${formatMeasure(value)}`,
      })),
    ),
    activityMarkers(plot, time, own),
    edgeLabels(plot, labelsOf(policy, metric, scale)),
    timeAxis(plot, time, record.speed),
  ]);
}

/** Each scale-out of the policy, until the count it asked for was running and healthy. */
function scaleOutPeriods({ scaling }: RunRecord, policy: string): readonly Interval[] {
  return scaling.activities
    .filter((activity) => activity.policy === policy && isScaleOut(activity))
    .map(({ cloudSeconds, to }) => ({
      fromCloudSeconds: cloudSeconds,
      toCloudSeconds:
        scaling.timeline.find(
          (point) => point.cloudSeconds >= cloudSeconds && point.running >= to && point.healthy >= to,
        )?.cloudSeconds ??
        scaling.timeline.at(-1)?.cloudSeconds ??
        cloudSeconds,
    }));
}

/** Level over each datapoint’s period, with a gap where datapoints are missing. */
function stepPath(metric: MetricSeries, time: TimeScale, scale: ValueScale): string {
  let previousEnd = NaN;
  return metric.datapoints
    .toSorted((one, other) => one.cloudSeconds - other.cloudSeconds)
    .map(({ cloudSeconds, value }) => {
      const joined = Math.abs(cloudSeconds - previousEnd) <= metric.periodSeconds * 0.5;
      previousEnd = cloudSeconds + metric.periodSeconds;
      const y = px(scale.y(value));
      const start = joined ? `V${y}` : `M${px(time.x(cloudSeconds))},${y}`;
      return `${start}H${px(time.x(previousEnd))}`;
    })
    .join('');
}

const referenceLines = (plot: Plot, scale: ValueScale, policy: PolicyObservation): readonly Markup[] => [
  ...policy.alarms.map(({ threshold }) => {
    const y = px(scale.y(threshold));
    return markup`<path class="line alarm" d="M${plot.left},${y}H${plot.right}"/>`;
  }),
  policy.target === null
    ? nothing
    : markup`<path class="line target" d="M${plot.left},${px(scale.y(policy.target))}H${plot.right}"/>`,
];

function labelsOf(policy: PolicyObservation, metric: MetricSeries, scale: ValueScale): readonly EdgeLabel[] {
  const last = metric.datapoints.at(-1);
  return [
    ...(policy.target === null
      ? []
      : [{ y: scale.y(policy.target), text: `target ${formatMeasure(policy.target)}`, className: 'target' }]),
    ...policy.alarms.map(({ comparison, threshold }) => ({
      y: scale.y(threshold),
      text: `alarm ${comparison} ${formatMeasure(threshold)}`,
      className: 'alarm',
    })),
    ...(last === undefined
      ? []
      : [{ y: scale.y(last.value), text: `metric ${formatMeasure(last.value)}`, className: 'metric' }]),
  ];
}

function unitName({ unit, periodSeconds }: MetricSeries): string {
  switch (unit) {
    case 'Count':
      return `count per ${formatMeasure(periodSeconds)} s`;
    case 'Percent':
      return 'percent';
    case 'Seconds':
      return 'seconds';
    case 'None':
      return 'value';
  }
}
