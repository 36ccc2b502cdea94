import type { RunRecord, Remark } from '@tideline/evidence';
import { type RunFacts, runFacts } from '../facts/run-facts.ts';
import { loadSections } from './load-section.ts';
import { type Markup, markup, trusted, nothing } from './markup.ts';
import { pageStyle } from './page-style.ts';
import { policiesSection } from './policies-section.ts';
import { tasksSection } from './tasks-section.ts';
import { tableMarkup } from './table-markup.ts';

/** The run as one HTML file that needs nothing else: inline style, inline SVG, no script. */
export function renderHtml(record: RunRecord): string {
  const facts = runFacts(record);
  return `${
    markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${facts.verdict.word}: ${facts.title} – Tideline</title>
<style>${trusted(pageStyle)}</style>
</head>
<body><main>
${header(record, facts)}
${verdictSections(facts)}
${tasksSection(record, facts)}
${loadSections(record, facts)}
${policiesSection(record)}
${notesSections(record, facts)}
</main></body>
</html>`.markup
  }\n`;
}

const header = (record: RunRecord, facts: RunFacts): Markup => markup`<header>
<p class="eyebrow">Tideline run report</p>
<h1>${facts.title}</h1>
<p class="sub">${record.startedAt}, commit ${record.provenance.commit}, load on ${record.target}</p>
</header>`;

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
  markup`${banner(facts)}${tiles(facts)}${checksSection(facts)}`;

function banner({ verdict, warnings }: RunFacts): Markup {
  const count = warnings.length;
  return markup`<section class="verdict ${verdict.passed ? 'good' : 'bad'}">
<span class="mark" aria-hidden="true">${verdict.passed ? '✓' : '✗'}</span>
<div><h2>${verdict.word}: ${verdict.checks}</h2>
<p>${verdict.summary}.${
    count === 0
      ? nothing
      : markup` <a href="#warnings">${count === 1 ? '1 warning' : `${count} warnings`}</a>`
  }</p></div></section>`;
}

const tiles = (facts: RunFacts): Markup => markup`<dl class="tiles">
${facts.keyFigures.map(
  ({ label, value, note }) => markup`
<div class="tile"><dt>${label}</dt><dd class="value">${withUnit(value)}</dd><dd class="note">${note}</dd></div>`,
)}
<div class="tile wide"><dt>Latency</dt>${facts.latency.map(
  ({ label, value }) => markup`
<dd><span class="percentile">${label}</span> <span class="value">${withUnit(value)}</span></dd>`,
)}</div></dl>`;

/** Sets a unit after a number smaller than the number. */
function withUnit(value: string): Markup {
  const [, number = value, unit = ''] = /^([\d.,]+) (\D+)$/u.exec(value) ?? [];
  return unit === '' ? markup`${value}` : markup`${number} <span class="unit">${unit}</span>`;
}

const checksSection = ({ checks, notJudged }: RunFacts): Markup => markup`<section>
<h2>Checks</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Checks"><table class="stack">
<thead><tr><th scope="col">result</th><th scope="col">check</th><th scope="col">observed</th><th scope="col">expected</th></tr></thead>
<tbody>${checks.map(
  ({ name, passed, observed, expected }) => markup`
<tr><td class="result ${passed ? 'good-text' : 'bad-text'}">${passed ? '✓ pass' : '✗ fail'}</td><td class="name">${name}</td><td class="long" data-label="observed">${observed}</td><td class="long" data-label="expected">${expected}</td></tr>`,
)}${notJudged.map(
  ({ name, reason }) => markup`
<tr><td class="result">not judged</td><td class="name">${name}</td><td class="long" data-label="why" colspan="2">${reason}</td></tr>`,
)}</tbody></table></div></section>`;
