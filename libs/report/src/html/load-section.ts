import { type RunRecord, formatCount, formatMeasure } from '@tideline/evidence';
import { latencyChart } from '../charts/latency-chart.ts';
import { mostPoints, thinSeries } from '../charts/load-series.ts';
import { rateChart } from '../charts/rate-chart.ts';
import { formatCloudTime } from '../facts/cloud-time.ts';
import type { RunFacts } from '../facts/run-facts.ts';
import { type Table, right } from '../facts/table.ts';
import { chartFigure, tableMarkup } from './table-markup.ts';
import { type Markup, markup, nothing } from './markup.ts';

/** Rows of a series table: enough to follow it, few enough to read. */
const tableRows = 60;

/** What clients asked for and what they got: rate, failures and latency during the load. */
export function loadSections(record: RunRecord, facts: RunFacts): Markup {
  const { series } = record.load;
  const empty = markup`<p class="empty">Nothing was recorded during the load: there is no line to draw.</p>`;
  const stretch = `From ${formatCloudTime(record.load.fromCloudSeconds)} to ${formatCloudTime(record.load.toCloudSeconds)}, the load only.${thinningNote(series.length, mostPoints)}`;
  const tableName = `Figures as a table${series.length > tableRows ? ' (neighbours joined by their worst)' : ''}`;
  return markup`<section><h2>Requests per second</h2>
${
  series.length === 0
    ? empty
    : chartFigure({
        caption: stretch,
        draw: (size) => rateChart(record, size),
        tableName,
        table: rateTable(record),
      })
}</section>
<section><h2>Latency</h2>
${
  series.length === 0
    ? empty
    : chartFigure({
        caption: stretch,
        draw: (size) => latencyChart(record, size),
        tableName,
        table: latencyTable(record),
      })
}
<h3>Phases</h3>
${tableMarkup(facts.phases, 'Phases of the load')}
${
  facts.answers === null
    ? nothing
    : markup`<h3>Answers</h3>
${tableMarkup(facts.answers, 'Answers of each endpoint')}`
}
${
  facts.faults === null
    ? nothing
    : markup`<h3>What faults cost</h3>
${tableMarkup(facts.faults, 'What dead targets cost')}`
}</section>`;
}

const rateTable = ({ load }: RunRecord): Table => ({
  columns: [right('time'), right('requests/s'), right('failed')],
  rows: thinSeries(load.series, tableRows).map((point) => [
    formatCloudTime(point.cloudSeconds),
    formatCount(point.requestsPerSecond),
    formatCount(point.failures),
  ]),
});

const latencyTable = ({ load }: RunRecord): Table => ({
  columns: [right('time'), right('p50 ms'), right('p95 ms'), right('p99 ms')],
  rows: thinSeries(load.series, tableRows).map((point) => [
    formatCloudTime(point.cloudSeconds),
    formatMeasure(point.p50Ms),
    point.p95Ms === undefined ? '–' : formatMeasure(point.p95Ms),
    formatMeasure(point.p99Ms),
  ]),
});

const thinningNote = (points: number, most: number): string =>
  points > most ? ' Neighbouring points are joined by their worst.' : '';
