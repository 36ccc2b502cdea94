import { type RunRecord, formatMeasure } from '@tideline/evidence';
import { policyChart } from '../charts/policy-chart.ts';
import { runSpan } from '../charts/run-span.ts';
import { tasksChart, timelineChanges } from '../charts/tasks-chart.ts';
import { formatCloudTime } from '../facts/cloud-time.ts';
import type { RunFacts } from '../facts/run-facts.ts';
import { right } from '../facts/table.ts';
import { chartFigure } from './chart-figure.ts';
import { type Markup, markup } from './markup.ts';
import { tableMarkup } from './table-markup.ts';

/** Tasks over time with the activities that moved them, and the metric behind each policy. */
export const scalingSections = (record: RunRecord, facts: RunFacts): Markup =>
  markup`${tasksSection(record, facts)}${record.scaling.policies.length === 0 ? null : policiesSection(record)}`;

function tasksSection(record: RunRecord, facts: RunFacts): Markup {
  const { timeline } = record.scaling;
  return markup`<section><h2>Tasks</h2>
${
  timeline.length === 0
    ? markup`<p class="empty">The service was not observed: there is no task count to draw.</p>`
    : chartFigure({
        caption: `Cloud time. Circled numbers are the activities listed below; a bracket at the top marks refusals; the shaded stretch is the load.${compressionNote(record)}`,
        draw: (size) => tasksChart(record, size),
        tableName: 'Task counts as a table',
        table: {
          columns: [right('time'), right('desired'), right('running'), right('healthy')],
          rows: timelineChanges(timeline).map((point) => [
            formatCloudTime(point.cloudSeconds),
            String(point.desired),
            String(point.running),
            String(point.healthy),
          ]),
        },
      })
}
<h3>Scaling activities</h3>
${
  facts.activities.rows.length === 0
    ? markup`<p class="empty">None.</p>`
    : tableMarkup(facts.activities, 'Scaling activities')
}</section>`;
}

const policiesSection = (record: RunRecord): Markup => markup`<section><h2>Policies</h2>
<p class="caption">Each policy’s metric against its target and the thresholds of its alarms. The darker stretch is a scale-out, until the tasks it asked for were healthy.</p>
${record.scaling.policies.map((policy, index) => {
  const metric = record.scaling.metrics.find(({ key }) => key === policy.metricKey);
  const alarms = policy.alarms
    .map(
      ({ comparison, threshold, state }) =>
        `alarm ${comparison} ${formatMeasure(threshold)} (${state} at the end)`,
    )
    .join(', ');
  const caption = [
    policy.metricKey,
    policy.target === null ? 'no target' : `target ${formatMeasure(policy.target)}`,
    ...(alarms === '' ? [] : [alarms]),
  ].join('; ');
  if (metric === undefined || metric.datapoints.length === 0) {
    return markup`<h3>${policy.name}</h3><p class="caption">${caption}</p><p class="empty">No datapoint of this metric was recorded.</p>`;
  }
  return markup`<h3>${policy.name}</h3>${chartFigure({
    caption,
    draw: (size) => policyChart(record, { id: `policy-${index + 1}`, policy, metric }, size),
    tableName: 'Datapoints as a table',
    table: {
      columns: [right('period from'), right('value')],
      rows: metric.datapoints.map(({ cloudSeconds, value }) => [
        formatCloudTime(cloudSeconds),
        formatMeasure(value),
      ]),
    },
  })}`;
})}</section>`;

function compressionNote(record: RunRecord): string {
  const span = runSpan(record);
  const share =
    (record.load.toCloudSeconds - record.load.fromCloudSeconds) /
    (span.toCloudSeconds - span.fromCloudSeconds);
  return share > 0 && share < 0.2 ? ' Time outside the load is drawn tighter.' : '';
}
