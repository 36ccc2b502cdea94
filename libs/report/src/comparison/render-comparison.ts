import { type Markup, markup } from '../html/markup.ts';
import { htmlPage, pageHeader } from '../html/html-page.ts';
import { tableMarkup } from '../html/table-markup.ts';
import { markdownTable } from '../markdown/markdown-table.ts';
import { tableBlocks } from '../terminal/text-table.ts';
import type { Comparison } from './comparison.ts';
import {
  figuresTable,
  formatValue,
  letterOf,
  marks,
  setupTable,
  subjectTable,
  tally,
} from './comparison-tables.ts';

const same = 'They differ in no setting that their documents hold.';

/** A comparison for a terminal, at most `width` columns wide; ends in a line break. */
export function renderComparisonTerminal(comparison: Comparison, width: number): string {
  const lines = (table: Parameters<typeof tableBlocks>[0]): string =>
    tableBlocks(table, width).flat().join('\n');
  return `${[
    lines(subjectTable(comparison)),
    tally(comparison).join('\n'),
    lines(figuresTable(comparison)),
    comparison.setup.length === 0 ? same : `What differs in the set-up\n${lines(setupTable(comparison))}`,
  ].join('\n\n')}\n`;
}

/** A comparison in GitHub-flavoured Markdown; ends in a line break. */
export function renderComparisonMarkdown(comparison: Comparison): string {
  const setup = comparison.setup.length === 0 ? same : markdownTable(setupTable(comparison));
  return `${[
    '## Comparison',
    markdownTable(subjectTable(comparison)),
    tally(comparison)
      .map((line) => `- ${line}`)
      .join('\n'),
    `### Figures\n\n${markdownTable(figuresTable(comparison))}`,
    `### What differs in the set-up\n\n${setup}`,
  ].join('\n\n')}\n`;
}

/** A comparison as one HTML file that needs nothing else. */
export function renderComparisonHtml(comparison: Comparison): string {
  const { subjects, setup } = comparison;
  const title = `${subjects.length} runs compared`;
  return htmlPage({
    title,
    body: markup`${pageHeader({
      eyebrow: 'Tideline comparison',
      title,
      sub: 'Each is set against A, the first. The words say which way is better; no colour is needed to read them.',
    })}
<section><h2>What is compared</h2>
${tableMarkup(subjectTable(comparison), 'What is compared')}
<ul>${tally(comparison).map((line) => markup`<li>${line}</li>`)}</ul></section>
<section><h2>Figures</h2>
${figuresMarkup(comparison)}</section>
<section><h2>What differs in the set-up</h2>
${setup.length === 0 ? markup`<p class="empty">${same}</p>` : setupMarkup(comparison)}</section>`,
  });
}

const figuresMarkup = ({ subjects, figures }: Comparison): Markup =>
  stackedTable({
    label: 'Figures',
    titles: ['figure', ...subjects.map((_, index) => letterOf(index))],
    rows: figures.map((figure) => [
      markup`${figure.label}`,
      ...figure.values.map((value, index) => {
        const against = figure.differences[index - 1];
        const shown = formatValue(value, figure);
        return against === undefined
          ? markup`${shown}`
          : markup`${shown} <span class="against ${against.judgement}">${marks[against.judgement]} ${against.words}</span>`;
      }),
    ]),
  });

const setupMarkup = ({ subjects, setup }: Comparison): Markup =>
  stackedTable({
    label: 'Settings that differ',
    titles: ['setting', ...subjects.map((_, index) => letterOf(index))],
    rows: setup.map(({ name, values }) =>
      [name, ...values.map((value) => value ?? '–')].map((cell) => markup`${cell}`),
    ),
  });

/** A table whose cells become lines of their own, each with its column’s title, where the screen is narrow. */
const stackedTable = (table: {
  readonly label: string;
  readonly titles: readonly string[];
  readonly rows: readonly (readonly Markup[])[];
}): Markup => markup`<div class="scroll" tabindex="0" role="region" aria-label="${table.label}"><table class="stack">
<thead><tr>${table.titles.map((title) => markup`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${table.rows.map(
  (row) => markup`
<tr>${row.map((cell, index) => markup`<td class="${index === 0 ? 'result' : 'long'}" data-label="${table.titles[index] ?? ''}">${cell}</td>`)}</tr>`,
)}</tbody></table></div>`;
