import type { Remark, RunRecord } from '@tideline/evidence';
import { plainText } from '../facts/plain-text.ts';
import { type RunFacts, runFacts } from '../facts/run-facts.ts';
import { type Table, left } from '../facts/table.ts';
import { type Palette, palette } from './palette.ts';
import { tableBlocks, wrapText } from './text-table.ts';

const width = 100;
const indent = '  ';
const inner = width - indent.length;
/** `1:07:05`. */
const timeWidth = 7;
const causeIndent = '     ';

/**
 * The run for a terminal, at most 100 columns wide, ending in a line break.
 * Colour never carries a fact of its own.
 */
export function renderTerminal(record: RunRecord, options: { readonly color: boolean }): string {
  const facts = runFacts(record);
  const paint = palette(options);
  const sections: readonly (readonly string[])[] = [
    verdictLines(facts, paint),
    indented(figureLines(facts, paint)),
    section('Phases', tableLines(facts.phases, paint), paint),
    section('Answers', facts.answers === null ? [] : tableLines(facts.answers, paint), paint),
    section('Elasticity', facts.elasticity === null ? [] : tableLines(facts.elasticity, paint), paint),
    section('What faults cost', facts.faults === null ? [] : tableLines(facts.faults, paint), paint),
    section('Scaling activities', activityLines(facts.activities, paint), paint),
    ...instanceSections(facts, paint),
    section('Checks', checkLines(facts, paint), paint),
    section('Warnings', remarkLines(facts.warnings, paint.caution), paint),
    section('Assumptions', remarkLines(facts.assumptions, paint.dim), paint),
    section(
      'Speed',
      facts.speeds.flatMap((speed) => wrapText(speed, inner)),
      paint,
    ),
    section('Run', provenanceLines(facts), paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Where two scalings work together, each step of both is shown: counts side by side, activities, and the event log. */
function instanceSections(facts: RunFacts, paint: Palette): readonly (readonly string[])[] {
  const { instanceActivities, timeline, events } = facts;
  if (instanceActivities === null) return [];
  return [
    section('Scaling activities of instances', activityLines(instanceActivities, paint), paint),
    section('Timeline', tableLines(timeline, paint), paint),
    section('Events', eventLines(events), paint),
  ];
}

/** Sentences are long: each is wrapped beside its time. */
const eventLines = ({ rows }: Table): readonly string[] =>
  rows.flatMap(([time = '', event = '']) => {
    const column = Math.max(timeWidth, time.length);
    return wrapText(plainText(event), inner - column - 2).map(
      (line, index) => `${(index === 0 ? time : '').padStart(column)}  ${line}`,
    );
  });

function verdictLines(facts: RunFacts, paint: Palette): readonly string[] {
  const { passed, word, checks, summary } = facts.verdict;
  const mark = passed ? '✓' : '✗';
  const colour = passed ? paint.good : paint.bad;
  const [first = '', ...rest] = wrapText(
    `${mark} ${word.toUpperCase()} ${plainText(`${facts.title}: ${summary}`)}`,
    width,
  );
  return [
    ...[first, ...rest].map((line) => paint.bold(colour(line))),
    ...wrapText(plainText(checks), inner).map((line) => indent + line),
  ];
}

function figureLines(facts: RunFacts, paint: Palette): readonly string[] {
  const rows = facts.keyFigures.map(({ label, value, note }) => [label, value, note]);
  const latency = facts.latency.map(({ label, value }) => `${label} ${value}`).join(', ');
  return [
    ...tableBlocks({ columns: [left(''), left(''), left('')], rows }, inner)
      .slice(1)
      .flat(),
    ...wrapText(latency, inner - 10).map(
      (line, index) => (index === 0 ? 'Latency   ' : ' '.repeat(10)) + line,
    ),
  ].map((line) => line.replace(/^\S+/u, paint.bold));
}

const tableLines = (table: Table, paint: Palette): readonly string[] =>
  tableBlocks(table, inner).flatMap((block, index) => (index === 0 ? block.map(paint.dim) : block));

/** Causes name whole alarms: each gets lines of its own below its row. */
function activityLines(activities: Table, paint: Palette): readonly string[] {
  if (activities.rows.length === 0) return ['none'];
  const causeColumn = activities.columns.length - 1;
  const shown = {
    columns: activities.columns.slice(0, causeColumn),
    rows: activities.rows.map((row) => row.slice(0, causeColumn)),
  };
  return tableBlocks(shown, inner).flatMap((block, index) => {
    const cause = activities.rows[index - 1]?.[causeColumn];
    if (cause === undefined) return block.map(paint.dim);
    const causeLines = wrapText(plainText(cause), inner - causeIndent.length);
    return [...block, ...causeLines.map((line) => causeIndent + paint.dim(line))];
  });
}

function checkLines({ checks, notJudged }: RunFacts, paint: Palette): readonly string[] {
  const rows = [
    ...checks.map(({ name, passed, observed, expected }) => [
      passed ? '✓ pass' : '✗ FAIL',
      name,
      observed,
      expected,
    ]),
    ...notJudged.map(({ name, reason }) => ['- skip', name, `not judged: ${reason}`, '']),
  ];
  const columns = [left(''), left('check'), left('observed'), left('expected')];
  return tableLines({ columns, rows }, paint).map((line) =>
    line.replace(/^✓ pass/u, (mark) => paint.good(mark)).replace(/^✗ FAIL/u, (mark) => paint.bad(mark)),
  );
}

const remarkLines = (remarks: readonly Remark[], paint: (text: string) => string): readonly string[] =>
  remarks.flatMap(({ code, message }) => {
    const [first = '', ...rest] = wrapText(plainText(`${code}: ${message}`), inner - indent.length);
    return [paint('•') + ` ${first}`, ...rest.map((line) => indent + line)];
  });

const provenanceLines = ({ provenance }: RunFacts): readonly string[] => {
  const rows = provenance.map(({ label, value }) => [label, value]);
  return tableBlocks({ columns: [left(''), left('')], rows }, inner)
    .slice(1)
    .flat();
};

const section = (title: string, lines: readonly string[], paint: Palette): readonly string[] =>
  lines.length === 0 ? [] : [paint.bold(title), ...indented(lines)];

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => indent + line);
