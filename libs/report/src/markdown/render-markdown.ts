import type { Remark, RunRecord } from '@tideline/evidence';
import { type RunFacts, runFacts } from '../facts/run-facts.ts';
import { type Table, checkTable, left, right } from '../facts/table.ts';
import { escapeMarkdown, markdownTable } from './markdown-table.ts';

/** The run in GitHub-flavoured Markdown, fit for a CI job summary; ends in a line break. */
export function renderMarkdown(record: RunRecord): string {
  const facts = runFacts(record);
  const { passed, word, checks, summary } = facts.verdict;
  const blocks: readonly (string | null)[] = [
    `## ${passed ? '✅' : '❌'} ${word}: ${escapeMarkdown(facts.title)}`,
    `**${escapeMarkdown(summary)}.** ${escapeMarkdown(checks)}.`,
    markdownTable(figureTable(facts)),
    section('Phases', markdownTable(facts.phases)),
    facts.answers === null ? null : section('Answers', markdownTable(facts.answers)),
    facts.elasticity === null ? null : section('Elasticity', markdownTable(facts.elasticity)),
    facts.faults === null ? null : section('What faults cost', markdownTable(facts.faults)),
    section(
      'Scaling activities',
      facts.activities.rows.length === 0 ? 'None.' : markdownTable(facts.activities),
    ),
    facts.instanceActivities === null ? null : instanceSections(facts, facts.instanceActivities),
    section('Checks', markdownTable(checkTable(facts, { passed: '✅ pass', failed: '❌ fail' }))),
    remarks('Warnings', facts.warnings),
    remarks('Assumptions', facts.assumptions),
    section('Speed', bullets(facts.speeds)),
    section('Run', bullets(facts.provenance.map(({ label, value }) => `${label}: ${value}`))),
  ];
  return `${blocks.filter((block) => block !== null).join('\n\n')}\n`;
}

/** Where two scalings work together, each step of both is shown: counts side by side, activities, and the event log. */
const instanceSections = (facts: RunFacts, activities: Table): string =>
  [
    section(
      'Scaling activities of instances',
      activities.rows.length === 0 ? 'None.' : markdownTable(activities),
    ),
    section('Timeline', markdownTable(facts.timeline)),
    section('Events', facts.events.rows.length === 0 ? 'None.' : markdownTable(facts.events)),
  ].join('\n\n');

const figureTable = (facts: RunFacts): Table => ({
  columns: [left('figure'), right('value'), left('')],
  rows: [
    ...facts.keyFigures.map(({ label, value, note }) => [label, value, note]),
    ...facts.latency.map(({ label, value }) => [`Latency ${label}`, value, '']),
  ],
});

const bullets = (lines: readonly string[]): string =>
  lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n');

const section = (title: string, body: string): string => `### ${title}\n\n${body}`;

const remarks = (title: string, list: readonly Remark[]): string | null =>
  list.length === 0 ? null : section(title, bullets(list.map(({ code, message }) => `${code}: ${message}`)));
