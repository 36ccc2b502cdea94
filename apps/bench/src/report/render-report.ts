import type { BenchName } from '../bench-name.ts';
import { median, ratioOfMedians } from '../measure/compare-rounds.ts';
import type { CpuComparison } from '../outcome.ts';
import type { Target } from '../target.ts';
import type { BenchReport, JudgedFigure } from './bench-report.ts';
import { type Column, textTable } from './text-table.ts';

const columns: readonly Column[] = [
  { title: 'Figure', align: 'left' },
  { title: 'Value', align: 'right' },
  { title: 'Rounds', align: 'left' },
  { title: 'Target', align: 'left' },
  { title: 'Met', align: 'left' },
  { title: 'Measured', align: 'left' },
];

/** The report for a terminal. */
export function renderReport(report: BenchReport): string {
  const { provenance, settings, figures, skipped, failed, pacedLatencyMs } = report;
  const busy =
    provenance.loadAverageBefore > provenance.cpus / 2
      ? [`The machine was busy before this began (load average ${provenance.loadAverageBefore.toFixed(1)}).`]
      : [];
  const limited = pacedLatencyMs?.generatorLimitedRounds ?? 0;
  const late =
    limited > 0
      ? [
          `Paced rounds left out, because the load runner fell behind its own rate: ${limited} of ${limited + (pacedLatencyMs?.rounds ?? 0)}.`,
        ]
      : [];
  return [
    `${provenance.cpus} x ${provenance.cpuModel}, Node ${provenance.node}, commit ${provenance.commit.slice(0, 12)}`,
    `${report.loadTool}; ${settings.rounds} rounds of ${settings.roundSeconds} s in turns, ratio of medians; Rounds: lowest and highest of single rounds`,
    ...busy,
    ...late,
    '',
    ...textTable(columns, figures.map(row)),
    ...cpuLines(report),
    ...notes('Skipped', skipped),
    ...notes('Failed', failed),
    '',
  ].join('\n');
}

const cpuColumns: readonly Column[] = [
  { title: 'CPU µs per request', align: 'left' },
  { title: 'Median', align: 'right' },
  { title: 'Rounds', align: 'left' },
  { title: 'Ratio', align: 'right' },
  { title: 'Requests/s', align: 'right' },
  { title: 'Rounds', align: 'left' },
  { title: 'Ratio', align: 'right' },
];

function cpuLines({ cpu, settings }: BenchReport): readonly string[] {
  if (cpu.length === 0) return [];
  return [
    '',
    `User and system time per request, each server alone on a core; ${settings.cpuRounds} rounds of ${settings.cpuRoundSeconds} s in turns, medians; ratios to the first of each load`,
    '',
    ...textTable(
      cpuColumns,
      cpu.flatMap((comparison) => [[comparison.scenario], ...cpuRows(comparison)]),
    ),
  ];
}

function cpuRows({ contenders, baseline }: CpuComparison): readonly (readonly string[])[] {
  const base = contenders.find(({ name }) => name === baseline);
  const others = contenders.filter(({ name }) => name !== baseline);
  if (base === undefined) throw new RangeError(`there is no contender ${baseline}`);
  const ratio = (own: readonly number[], peer: readonly number[]): string =>
    ratioOfMedians(own, peer).value.toFixed(2);
  const spread = (rounds: readonly number[], digits: number): string =>
    `${Math.min(...rounds).toFixed(digits)} to ${Math.max(...rounds).toFixed(digits)}`;
  return [base, ...others].map(({ name, microsecondsPerRequest, requestsPerSecond }) => [
    `  ${name}`,
    median(microsecondsPerRequest).toFixed(1),
    spread(microsecondsPerRequest, 1),
    ratio(microsecondsPerRequest, base.microsecondsPerRequest),
    median(requestsPerSecond).toFixed(0),
    spread(requestsPerSecond, 0),
    ratio(requestsPerSecond, base.requestsPerSecond),
  ]);
}

const row = ({ name, value, min, max, target, met, detail }: JudgedFigure): readonly string[] => [
  name,
  withUnit(name, value),
  `${number(name, min)} to ${number(name, max)}`,
  target === null ? 'none' : boundText(name, target),
  met === null ? '' : met ? 'met' : 'not met',
  detail,
];

const units: Partial<Record<BenchName, string>> = {
  balancerAddedP50Ms: ' ms',
  balancerP99AboveNginxMs: ' ms',
  simulate: ' s',
};

const number = (name: BenchName, value: number): string => value.toFixed(name === 'simulate' ? 3 : 2);

const withUnit = (name: BenchName, value: number): string => `${number(name, value)}${units[name] ?? ''}`;

const boundText = (name: BenchName, { bound, value }: Target): string =>
  `${bound} ${value}${units[name] ?? ''}`;

const notes = (title: string, entries: BenchReport['skipped']): readonly string[] =>
  entries.length === 0 ? [] : ['', `${title}:`, ...entries.map(({ name, reason }) => `  ${name}: ${reason}`)];
