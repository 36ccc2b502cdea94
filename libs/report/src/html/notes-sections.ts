import type { Remark, RunRecord } from '@tideline/evidence';
import { formatCloudTime } from '../facts/cloud-time.ts';
import type { RunFacts } from '../facts/run-facts.ts';
import { right, left } from '../facts/table.ts';
import { type Markup, markup, nothing } from './markup.ts';
import { tableMarkup } from './table-markup.ts';

/** What the reader must know to trust the figures: speed, warnings, assumptions, and where they come from. */
export const notesSections = (record: RunRecord, facts: RunFacts): Markup => markup`
${remarks(facts.warnings, { id: 'warnings', title: 'Warnings', empty: 'None.' })}
${remarks(facts.assumptions, { id: 'assumptions', title: 'Assumptions', empty: 'None were needed.' })}
<section id="speed"><h2>Speed</h2><ul>${facts.speeds.map((speed) => markup`<li>${speed}</li>`)}</ul></section>
<section id="run"><h2>Run</h2>
<dl class="facts">${facts.provenance.map(({ label, value }) => markup`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
${eventDetails(record)}
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

function eventDetails({ scaling }: RunRecord): Markup {
  if (scaling.events.length === 0) return nothing;
  const rows = scaling.events.map(({ cloudSeconds, message }) => [formatCloudTime(cloudSeconds), message]);
  return markup`<details><summary>Service events (${rows.length})</summary>${tableMarkup(
    { columns: [right('time'), left('event')], rows },
    'Service events',
  )}</details>`;
}

/** Line by line, since escaping turns line breaks into spaces. */
const environmentLines = ({ environment }: RunRecord): readonly Markup[] =>
  JSON.stringify(environment, null, 2)
    .split('\n')
    .map((line) => markup`${line}\n`);
