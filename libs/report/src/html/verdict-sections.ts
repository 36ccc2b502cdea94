import type { RunFacts } from '../facts/run-facts.ts';
import { type Markup, markup, nothing } from './markup.ts';

/** The verdict, the figures that a reader looks for first, and the checks behind the verdict. */
export const verdictSections = (facts: RunFacts): Markup =>
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
