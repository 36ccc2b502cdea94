import { formatCount, formatMeasure } from '@tideline/evidence';
import { htmlPage, pageHeader } from '../html/html-page.ts';
import { type Markup, markup } from '../html/markup.ts';
import type { ListedRun, ListedRuns } from './read-runs.ts';
import { trendChart } from './trend-chart.ts';

/** The main figures; undefined where a run does not say. */
const trends: readonly {
  readonly label: string;
  readonly unit: string;
  readonly of: (run: ListedRun) => number | undefined;
}[] = [
  { label: 'latency p95', unit: 'ms', of: (run) => answered(run, run.load.latencyMs.p95) },
  { label: 'latency p99', unit: 'ms', of: (run) => answered(run, run.load.latencyMs.p99) },
  { label: 'requests failed', unit: '%', of: failedPercent },
  { label: 'requests above capacity', unit: '%', of: ({ elasticity }) => elasticity?.aboveCapacity.percent },
  {
    label: 'over-provisioning accuracy',
    unit: '%',
    of: ({ elasticity }) => elasticity?.overProvisioning.accuracyPercent,
  },
  {
    label: 'unit-hours',
    unit: '',
    of: ({ elasticity }) =>
      elasticity === undefined ? undefined : elasticity.unitHours + elasticity.unitHoursAfterLoad,
  },
];

/** All runs of a folder of reports, newest first, and how their main figures went from commit to commit. */
export function renderIndex(listed: ListedRuns): string {
  const { runs, unreadable, leftOut } = listed;
  const notes = [
    ...(leftOut > 0 ? [`${formatCount(leftOut)} older runs are left out.`] : []),
    ...(unreadable.length > 0 ? [`No readable record: ${unreadable.join(', ')}.`] : []),
  ];
  return htmlPage({
    title: 'Runs',
    body: markup`${pageHeader({
      eyebrow: 'Tideline reports',
      title: runs.length === 1 ? '1 run' : `${formatCount(runs.length)} runs`,
      sub: 'A line goes through the median of each commit’s runs; a dot is a run, and says which where you point at it.',
    })}
${[...groups(runs)].map(([name, own], index) => groupSection(name, own, index))}
<section><h2>All runs</h2>
${runs.length === 0 ? markup`<p class="empty">None yet.</p>` : runTable(runs)}
${notes.map((note) => markup`<p class="caption">${note}</p>`)}</section>`,
  });
}

/** Runs that can be set beside each other: of one preset under one profile, seen by the same observer. */
function groups(runs: readonly ListedRun[]): ReadonlyMap<string, readonly ListedRun[]> {
  const byName = new Map<string, ListedRun[]>();
  for (const run of runs) {
    const observer = run.observedBy === 'none' ? 'load alone' : run.observedBy;
    const name = `${run.preset} under ${run.profile}, ${observer}`;
    byName.set(name, [...(byName.get(name) ?? []), run]);
  }
  return byName;
}

function groupSection(name: string, runs: readonly ListedRun[], group: number): Markup {
  const drawn = trends.flatMap(({ label, unit, of }, index) => {
    const points = runs.flatMap((run) => {
      const value = of(run);
      const { startedAt, provenance } = run;
      return value === undefined ? [] : [{ commit: provenance.commit, startedAt, value }];
    });
    return points.length === 0 ? [] : [{ id: `trend-${group}-${index}`, label, unit, points }];
  });
  return markup`<section><h2>${name}</h2>
<div class="trends">${drawn.map(trendChart)}</div></section>`;
}

const columns = [
  'started',
  'run',
  'verdict',
  'commit',
  'requests',
  'failed',
  'p95 ms',
  'p99 ms',
  'above capacity',
];

const runTable = (
  runs: readonly ListedRun[],
): Markup => markup`<div class="scroll" tabindex="0" role="region" aria-label="All runs"><table>
<thead><tr>${columns.map((title, index) => markup`<th scope="col" class="${index > 3 ? 'right' : ''}">${title}</th>`)}</tr></thead>
<tbody>${runs.toReversed().map(runRow)}</tbody></table></div>`;

function runRow(run: ListedRun): Markup {
  const { verdict, status, load, elasticity } = run;
  const word = status === 'interrupted' ? 'interrupted' : verdict.passed ? '✓ passed' : '✗ failed';
  const p95 = answered(run, load.latencyMs.p95);
  const p99 = answered(run, load.latencyMs.p99);
  const cells = [
    formatCount(load.requests),
    formatCount(load.failures.total),
    p95 === undefined ? '–' : formatMeasure(p95),
    p99 === undefined ? '–' : formatMeasure(p99),
    elasticity === undefined ? '–' : `${formatMeasure(elasticity.aboveCapacity.percent)} %`,
  ];
  return markup`
<tr><td class="name"><a href="${encodeURIComponent(run.folder)}/report.html">${run.startedAt}</a></td><td>${run.preset} under ${run.profile}</td><td class="result ${verdict.passed ? 'good-text' : 'bad-text'}">${word}</td><td class="name">${run.provenance.commit.slice(0, 12)}</td>${cells.map((cell) => markup`<td class="right">${cell}</td>`)}</tr>`;
}

function failedPercent({ load }: ListedRun): number | undefined {
  return load.requests === 0 ? undefined : (load.failures.total / load.requests) * 100;
}

/** The records hold zeros where nothing was answered, which must not pass for fast. */
function answered({ load }: ListedRun, latencyMs: number | undefined): number | undefined {
  return load.latencyMs.max > 0 ? latencyMs : undefined;
}
