import { type RunRecord, capacityNoun } from '@tideline/evidence';
import { eventfulSpan, runSpan } from '../charts/load-series.ts';
import { tasksChart } from '../charts/tasks-chart.ts';
import { isCompressed } from '../charts/time-scale.ts';
import { capitalised } from '../facts/key-figures.ts';
import { instanceRun } from '../facts/instance-run.ts';
import type { RunFacts } from '../facts/run-facts.ts';
import type { Table } from '../facts/table.ts';
import { timelineTable } from '../facts/timeline-table.ts';
import { chartFigure, tableMarkup } from './table-markup.ts';
import { type Markup, markup, nothing } from './markup.ts';

/** Tasks or instances over time, with the activities that moved them; then the instances that tasks ran on. */
export function tasksSection(record: RunRecord, facts: RunFacts): Markup {
  const instances = instanceRun(record);
  return markup`${countsSection(record, { id: 'tasks', activities: facts.activities, timeline: facts.timeline })}
${
  facts.elasticity === null
    ? nothing
    : markup`<section id="elasticity"><h2>Elasticity</h2>
<p class="caption">How well the supply followed the demand while load was on. Demand is the least ${capacityNoun(record)} that carry the load of each cloud minute; supply is what was running and healthy. Measures of the SPEC Research Group (SPEC-RG-2016-01).</p>
${tableMarkup(facts.elasticity, 'Elasticity')}</section>`
}
${
  instances === null || facts.instanceActivities === null
    ? nothing
    : countsSection(instances, {
        id: 'instances',
        activities: facts.instanceActivities,
        timeline: timelineTable(instances),
      })
}`;
}

/** The tables of one section, and the id of its chart. */
interface Counts {
  readonly id: string;
  readonly timeline: Table;
  readonly activities: Table;
}

function countsSection(record: RunRecord, facts: Counts): Markup {
  const { timeline } = record.scaling;
  return markup`<section><h2>${capitalised(capacityNoun(record))}</h2>
${
  timeline.length === 0
    ? markup`<p class="empty">The service was not observed: there is no count to draw.</p>`
    : chartFigure({
        caption: `Cloud time. Circled numbers are the activities listed below; a bracket at the top marks refusals; the shaded stretch is the load.${compressionNote(record)}`,
        draw: (size) => tasksChart(record, facts.id, size),
        tableName: `Counts of ${capacityNoun(record)} as a table`,
        table: facts.timeline,
      })
}
<h3>Scaling activities</h3>
${
  facts.activities.rows.length === 0
    ? markup`<p class="empty">None.</p>`
    : tableMarkup(facts.activities, 'Scaling activities')
}</section>`;
}

const compressionNote = (record: RunRecord): string =>
  isCompressed(runSpan(record), eventfulSpan(record)) ? ' Idle time is drawn tighter than the rest.' : '';
