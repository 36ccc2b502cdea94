import type { RunRecord, Remark } from '@tideline/evidence';
import { type RunFacts, runFacts } from '../facts/run-facts.ts';
import { loadSections } from './load-section.ts';
import { htmlPage, pageHeader } from './html-page.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { policiesSection } from './policies-section.ts';
import { tasksSection } from './tasks-section.ts';
import { tableMarkup } from './table-markup.ts';
import { checksSection, tile, verdictBanner, withUnit } from './verdict-markup.ts';

/** The run as one HTML file that needs nothing else: inline style, inline SVG, no script. */
export function renderHtml(record: RunRecord): string {
  const facts = runFacts(record);
  return htmlPage({
    title: `${facts.verdict.word}: ${facts.title}`,
    body: markup`${pageHeader({
      eyebrow: 'Tideline run report',
      title: facts.title,
      sub: `${record.startedAt}, commit ${record.provenance.commit}, load on ${record.target}`,
    })}
${verdictSections(facts)}
${tasksSection(record, facts)}
${loadSections(record, facts)}
${policiesSection(record)}
${notesSections(record, facts)}`,
  });
}

/** What the reader must know to trust the figures: speed, warnings, assumptions, and where they come from. */
const notesSections = (record: RunRecord, facts: RunFacts): Markup => markup`
${remarks(facts.warnings, { id: 'warnings', title: 'Warnings', empty: 'None.' })}
${remarks(facts.assumptions, { id: 'assumptions', title: 'Assumptions', empty: 'None were needed.' })}
${eventsSection(facts)}
<section id="speed"><h2>Speed</h2><ul>${facts.speeds.map((speed) => markup`<li>${speed}</li>`)}</ul></section>
<section id="run"><h2>Run</h2>
<dl class="facts">${facts.provenance.map(({ label, value }) => markup`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
<details><summary>Environment description</summary><pre>${environmentLines(record)}</pre></details></section>`;

const remarks = (
  list: readonly Remark[],
  section: { readonly id: string; readonly title: string; readonly empty: string },
): Markup => markup`<section id="${section.id}" class="${list.length > 0 ? section.id : ''}"><h2>${section.title}</h2>
${
  list.length === 0
    ? markup`<p class="empty">${section.empty}</p>`
    : markup`<ul>${list.map(({ code, message }) => markup`<li><code>${code}</code> ${message}</li>`)}</ul>`
}</section>`;

const eventsSection = ({ events }: RunFacts): Markup =>
  events.rows.length === 0
    ? nothing
    : markup`<section id="events"><h2>Events</h2>
<p class="caption">What happened, step by step, in the sentences of the services that did it.</p>
<details open=""><summary>Event log (${events.rows.length})</summary>${tableMarkup(events, 'Event log')}</details></section>`;

/** Line by line, since escaping turns line breaks into spaces. */
const environmentLines = ({ environment }: RunRecord): readonly Markup[] =>
  JSON.stringify(environment, null, 2)
    .split('\n')
    .map((line) => markup`${line}\n`);

/** The verdict, the figures that a reader looks for first, and the checks behind the verdict. */
const verdictSections = (facts: RunFacts): Markup =>
  markup`${verdictBanner({
    passed: facts.verdict.passed,
    headline: `${facts.verdict.word}: ${facts.verdict.checks}`,
    summary: facts.verdict.summary,
    warnings: facts.warnings.length,
  })}${tiles(facts)}${checksSection(facts)}`;

const tiles = (facts: RunFacts): Markup => markup`<dl class="tiles">
${facts.keyFigures.map(tile)}
<div class="tile wide"><dt>Latency</dt>${facts.latency.map(
  ({ label, value }) => markup`
<dd><span class="percentile">${label}</span> <span class="value">${withUnit(value)}</span></dd>`,
)}</div></dl>`;
