import { type Markup, type Table, chartFigure, htmlPage, markup, tableMarkup } from '@tideline/report';
import { boundsTable, movesTable, proofFiguresTable, runLines, verdictWords } from '../proof-words.ts';
import { partingTable } from '../parting-table.ts';
import type { ProofDocument } from '../proof-schema.ts';
import { courseChart } from './course-chart.ts';

const style = `
.chart .line.demand { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 3; }
.chart .line.measured { stroke: var(--orange); stroke-width: 4; opacity: 0.55; }
.chart .line.predicted { stroke: var(--blue); stroke-width: 1.6; }
.chart text.measured { fill: var(--orange); }
.chart text.predicted { fill: var(--blue); }
`;

/** The proof as one HTML file that needs nothing else: inline style, inline SVG, no script. */
export function renderProofPage(proof: ProofDocument): string {
  const title = `Proof for ${proof.preset}`;
  const verdict = verdictWords(proof);
  return htmlPage({
    title,
    style,
    body: markup`<header><p class="eyebrow">Tideline prove</p><h1>${title}</h1></header>
<section class="verdict ${proof.agrees ? 'good' : 'bad'}"><div><h2>${verdict.charAt(0).toUpperCase() + verdict.slice(1)}</h2>
<ul>${runLines(proof).map((line) => markup`<li>${line}</li>`)}</ul></div></section>
<section id="agreement"><h2>Predicted beside measured</h2>${tableMarkup(boundsTable(proof), 'Bounds of the agreement')}
${chartFigure({
  caption: 'Running, and what the load needs. Both began with the same count, under the same load.',
  draw: (size) => courseChart(proof, size),
  tableName: 'Counts of each cloud minute',
  table: minutesTable(proof),
})}
${parting(proof)}</section>
<section id="decisions"><h2>Decisions</h2>
<p class="caption">Minutes and seconds of cloud time from the start of the load.</p>
${proof.agreement.moves.length === 0 ? markup`<p>None.</p>` : tableMarkup(movesTable(proof), 'Decisions')}</section>
<section id="figures"><h2>Elasticity and cost</h2>${tableMarkup(proofFiguresTable(proof), 'Elasticity and cost')}</section>
${remarks(proof)}
<section id="settings"><h2>Settings that were run</h2>
<pre>${settingsLines(proof).map((line) => markup`${line}\n`)}</pre>
<p class="caption">Run record: ${proof.run.record}</p></section>`,
  });
}

const settingsLines = ({ policy }: ProofDocument): readonly string[] =>
  JSON.stringify(policy.settings, null, 2).split('\n');

const minutesTable = ({ agreement, unit }: ProofDocument): Table => ({
  columns: ['cloud minute', `predicted ${unit}s`, `measured ${unit}s`].map((name) => ({
    title: name,
    align: 'right',
  })),
  rows: agreement.minutes.map(({ minute, predicted, measured }) => [
    String(minute),
    String(predicted),
    String(measured),
  ]),
});

function parting(proof: ProofDocument): Markup | null {
  const table = partingTable(proof);
  return table.rows.length === 0
    ? null
    : markup`<h3>Where they part</h3>${tableMarkup(table, 'Where they part')}`;
}

const remarks = ({ remarks: list }: ProofDocument): Markup | null =>
  list.length === 0
    ? null
    : markup`<section id="remarks" class="warnings"><h2>Remarks</h2><ul>
${list.map(({ code, message }) => markup`<li><code>${code}</code> ${message}</li>`)}</ul></section>`;
