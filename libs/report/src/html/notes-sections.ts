import type { Remark, RunRecord } from '@tideline/evidence';
import type { RunFacts } from '../facts/run-facts.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { tableMarkup } from './table-markup.ts';

/** What the reader must know to trust the figures: speed, warnings, assumptions, and where they come from. */
export const notesSections = (record: RunRecord, facts: RunFacts): Markup => markup`
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
