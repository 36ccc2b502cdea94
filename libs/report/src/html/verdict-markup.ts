import type { Check, NotJudged } from '@tideline/evidence';
import { type Markup, markup, nothing } from './markup.ts';

/** Whether it passed, in a sentence, at the top of a page. */
export const verdictBanner = (verdict: {
  readonly passed: boolean;
  readonly headline: string;
  readonly summary: string;
  /** @default none */
  readonly warnings?: number;
}): Markup => markup`<section class="verdict ${verdict.passed ? 'good' : 'bad'}">
<span class="mark" aria-hidden="true">${verdict.passed ? '✓' : '✗'}</span>
<div><h2>${verdict.headline}</h2>
<p>${verdict.summary}.${warningsLink(verdict.warnings ?? 0)}</p></div></section>`;

const warningsLink = (count: number): Markup =>
  count === 0 ? nothing : markup` <a href="#warnings">${count === 1 ? '1 warning' : `${count} warnings`}</a>`;

/** One figure in a tile. */
export const tile = (figure: {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}): Markup => markup`
<div class="tile"><dt>${figure.label}</dt><dd class="value">${withUnit(figure.value)}</dd><dd class="note">${figure.note}</dd></div>`;

/** Sets a unit after a number smaller than the number. */
export function withUnit(value: string): Markup {
  const [, number = value, unit = ''] = /^([\d.,]+) (\D+)$/u.exec(value) ?? [];
  return unit === '' ? markup`${value}` : markup`${number} <span class="unit">${unit}</span>`;
}

/** The checks behind a verdict, and what was not judged. */
export const checksSection = ({
  checks,
  notJudged,
}: {
  readonly checks: readonly Check[];
  readonly notJudged: readonly NotJudged[];
}): Markup => markup`<section>
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
