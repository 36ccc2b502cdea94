import { type RunRecord, capacityNoun, formatMeasure } from '@tideline/evidence';
import { policyChart } from '../charts/policy-chart.ts';
import { instanceRun } from '../facts/instance-run.ts';
import { formatCloudTime } from '../facts/cloud-time.ts';
import { right } from '../facts/table.ts';
import { chartFigure } from './table-markup.ts';
import { type Markup, markup, nothing } from './markup.ts';

/** The metric behind each policy, managed scaling of the instances that tasks ran on included; nothing where there is no policy. */
export function policiesSection(record: RunRecord): Markup {
  const instances = instanceRun(record);
  return markup`${policiesOf(record, { id: 'policy', title: 'Policies' })}
${instances === null ? nothing : policiesOf(instances, { id: 'instance-policy', title: 'Managed scaling of instances' })}`;
}

const policiesOf = (
  record: RunRecord,
  { id, title }: { readonly id: string; readonly title: string },
): Markup =>
  record.scaling.policies.length === 0
    ? nothing
    : markup`<section><h2>${title}</h2>
<p class="caption">Each policy’s metric against its target and the thresholds of its alarms. The stretch shaded after a scale-out lasts until the ${capacityNoun(record)} it asked for were healthy.</p>
${record.scaling.policies.map((policy, index) => {
  const metric = record.scaling.metrics.find(({ key }) => key === policy.metricKey);
  const alarms = policy.alarms
    .map(
      ({ comparison, threshold, state }) =>
        `alarm ${comparison} ${formatMeasure(threshold)} (${state} at the end${
          state === 'ALARM' && comparison.startsWith('<') ? ', as expected of a low alarm when idle' : ''
        })`,
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
    draw: (size) => policyChart(record, { id: `${id}-${index + 1}`, policy, metric }, size),
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
