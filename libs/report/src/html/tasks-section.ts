import { type RunRecord, capacityNoun } from '@tideline/evidence';
import { eventfulSpan, runSpan } from '../charts/run-span.ts';
import { tasksChart, timelineChanges } from '../charts/tasks-chart.ts';
import { isCompressed } from '../charts/time-scale.ts';
import { formatCloudTime } from '../facts/cloud-time.ts';
import { capitalised } from '../facts/key-figures.ts';
import type { RunFacts } from '../facts/run-facts.ts';
import { right } from '../facts/table.ts';
import { chartFigure } from './chart-figure.ts';
import { type Markup, markup } from './markup.ts';
import { tableMarkup } from './table-markup.ts';

/** Tasks or instances over time, with the activities that moved them. */
export function tasksSection(record: RunRecord, facts: RunFacts): Markup {
  const { timeline } = record.scaling;
  return markup`<section><h2>${capitalised(capacityNoun(record))}</h2>
${
  timeline.length === 0
    ? markup`<p class="empty">The service was not observed: there is no count to draw.</p>`
    : chartFigure({
        caption: `Cloud time. Circled numbers are the activities listed below; a bracket at the top marks refusals; the shaded stretch is the load.${compressionNote(record)}`,
        draw: (size) => tasksChart(record, size),
        tableName: `Counts of ${capacityNoun(record)} as a table`,
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

const compressionNote = (record: RunRecord): string =>
  isCompressed(runSpan(record), eventfulSpan(record)) ? ' Idle time is drawn tighter than the rest.' : '';
