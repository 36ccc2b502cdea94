import type { RunRecord } from '@tideline/evidence';
import { type RunFacts, runFacts } from '../facts/run-facts.ts';
import { loadSections } from './load-section.ts';
import { type Markup, markup, trusted } from './markup.ts';
import { notesSections } from './notes-sections.ts';
import { pageStyle } from './page-style.ts';
import { policiesSection } from './policies-section.ts';
import { tasksSection } from './tasks-section.ts';
import { verdictSections } from './verdict-sections.ts';

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
