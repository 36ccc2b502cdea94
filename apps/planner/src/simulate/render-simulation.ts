import { left, palette, right } from '@tideline/report';
import {
  bullets,
  duration,
  figuresTable,
  instant,
  percent,
  remarkLines,
  rounded,
  section,
  tableLines,
  usd,
} from '../shared/words.ts';
import type { SimulationDocument } from './simulation-document.ts';

/** Rows of the timeline: enough to see days in two weeks. */
const mostRows = 28;

/** The document for a terminal, at most 100 columns wide. */
export function renderSimulation(
  document: SimulationDocument,
  { color, decisions }: { readonly color: boolean; readonly decisions: number },
): string {
  const paint = palette({ color });
  const { trace, capacity, unit, preset, figures } = document;
  const { value, low, high } = capacity.requestsPerSecond;
  const lines = [
    ...section(
      `${preset} over ${trace.name}, ${duration(document.durationSeconds)} in steps of ${trace.stepSeconds} s`,
      [
        `${rounded(trace.meanRequestsPerSecond)} requests/s on average, ${rounded(trace.peakRequestsPerSecond)} at most`,
        `one ${unit} carries ${rounded(value)} requests/s (${capacity.source}${low === high ? '' : `, ${rounded(low)} to ${rounded(high)}`})`,
      ],
      paint,
    ),
    ...section('Figures', tableLines(figuresTable([{ name: 'as described', figures }], unit)), paint),
    ...section('Elasticity', elasticityLines(document), paint),
    ...section('Timeline', tableLines(timelineTable(document)), paint),
    ...section(`Decisions (${scaledOf(document).length})`, decisionLines(document, decisions), paint),
    ...section('Remarks', remarkLines(document.remarks), paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function elasticityLines({ figures, unit }: SimulationDocument): readonly string[] {
  const { elasticity, cost } = figures;
  const { underProvisioning: under, overProvisioning: over, adaptationsPerHour } = elasticity;
  return tableLines({
    columns: [left(''), right('under'), right('over'), left('')],
    rows: [
      [
        'accuracy',
        percent(under.accuracyPercent),
        percent(over.accuracyPercent),
        `of the demand; ${rounded(under.meanUnits)} and ${rounded(over.meanUnits)} ${unit}s on average`,
      ],
      ['share of time', percent(under.timePercent), percent(over.timePercent), ''],
      [
        `${unit}-seconds`,
        rounded(under.unitSeconds),
        rounded(over.unitSeconds),
        `${rounded(elasticity.unitHours)} ${unit}-hours in all; ${usd(cost.totalUsdPerMonth)} USD a month with everything around`,
      ],
      [
        'restlessness',
        '',
        '',
        `instability ${percent(elasticity.instabilityPercent)}, jitter ${rounded(elasticity.jitterPerHour)} an hour: ${rounded(adaptationsPerHour.supply)} adaptations of supply, ${rounded(adaptationsPerHour.demand)} of demand`,
      ],
    ],
  });
}

function timelineTable({ timeline, durationSeconds, trace, unit }: SimulationDocument) {
  const stepSeconds = Math.max(3600, durationSeconds / mostRows);
  const rows = Array.from(
    { length: Math.min(mostRows, Math.ceil(durationSeconds / stepSeconds)) },
    (_, row) => {
      const [from, to] = [row * stepSeconds, (row + 1) * stepSeconds];
      const before = timeline.filter(({ seconds }) => seconds <= from).at(-1);
      const running = timeline
        .filter(({ seconds }) => seconds > from && seconds < to)
        .map((point) => point.running);
      const all = before === undefined ? running : [before.running, ...running];
      return [instant(trace.startedAt, from), String(Math.min(...all)), String(Math.max(...all))];
    },
  );
  return { columns: [left('from (UTC)'), right(`least ${unit}s`), right('most')], rows };
}

/** Those that changed the desired count. */
const scaledOf = ({ decisions }: SimulationDocument) =>
  decisions.filter(({ outcome }) => outcome === 'scaled');

function decisionLines(document: SimulationDocument, most: number): readonly string[] {
  const scaled = scaledOf(document);
  if (scaled.length === 0) return bullets(['none']);
  const shown = scaled.slice(0, most);
  const lines = tableLines({
    columns: [left('when (UTC)'), right('from'), right('to'), left('policy'), left('why')],
    rows: shown.map(({ seconds, from, to, policy, reason }) => [
      instant(document.trace.startedAt, seconds),
      String(from),
      String(to),
      policy,
      reason,
    ]),
  });
  const hidden = scaled.length - shown.length;
  return [
    ...lines,
    ...(hidden > 0 ? bullets([`${hidden} more moves: --decisions ${scaled.length}, or --json`]) : []),
  ];
}
