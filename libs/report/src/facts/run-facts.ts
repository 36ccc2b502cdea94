import {
  type NotJudged,
  type Remark,
  type RunRecord,
  capacityNoun,
  formatCount,
  formatMeasure,
} from '@tideline/evidence';
import { activityTable, eventTable } from './activity-table.ts';
import { answerClasses, answerTable } from './answer-table.ts';
import { elasticityTable } from './elasticity-table.ts';
import { faultTable } from './fault-table.ts';
import { formatCloudTime } from './cloud-time.ts';
import { instanceRun } from './instance-run.ts';
import { type KeyFigure, failureKinds, keyFigures, latencyFigures, taskJourney } from './key-figures.ts';
import { modelFacts } from './model-facts.ts';
import { phaseTable } from './phase-table.ts';
import type { Table } from './table.ts';
import { timelineTable } from './timeline-table.ts';

/** Everything that every form of the report states, as plain text: the forms differ in layout only. */
export interface RunFacts {
  readonly title: string;
  readonly verdict: {
    readonly passed: boolean;
    /** `Passed`, `Failed` or `Interrupted`. */
    readonly word: string;
    /** How many checks passed, and which did not. */
    readonly checks: string;
    /** The run in one sentence. */
    readonly summary: string;
  };
  readonly keyFigures: readonly KeyFigure[];
  readonly latency: readonly { readonly label: string; readonly value: string }[];
  readonly phases: Table;
  /** What each endpoint answered; null where the record does not say. */
  readonly answers: Table | null;
  /** How well the supply followed the demand; null where the record does not say. */
  readonly elasticity: Table | null;
  /** What dead targets cost; null where there was none. */
  readonly faults: Table | null;
  /** The counts over time. */
  readonly timeline: Table;
  readonly activities: Table;
  /** Of the instances that tasks ran on; null where they had none of their own. */
  readonly instanceActivities: Table | null;
  readonly events: Table;
  readonly checks: RunRecord['verdict']['checks'];
  readonly notJudged: readonly NotJudged[];
  readonly speeds: readonly string[];
  readonly warnings: readonly Remark[];
  readonly assumptions: readonly Remark[];
  readonly provenance: readonly { readonly label: string; readonly value: string }[];
}

export const runFacts = (record: RunRecord): RunFacts => ({
  title: `${record.preset} under ${record.profile}`,
  verdict: verdictFacts(record),
  keyFigures: keyFigures(record),
  latency: latencyFigures(record.load.latencyMs),
  phases: phaseTable(record),
  answers: answerTable(record),
  elasticity: elasticityTable(record),
  faults: faultTable(record),
  timeline: timelineTable(record),
  activities: activityTable(record),
  instanceActivities: instanceActivities(record),
  events: eventTable(record),
  checks: record.verdict.checks,
  notJudged: record.verdict.notJudged ?? [],
  speeds: speedFacts(record),
  warnings: record.warnings,
  assumptions: record.assumptions,
  provenance: provenanceFacts(record),
});

function instanceActivities(record: RunRecord): Table | null {
  const instances = instanceRun(record);
  return instances === null ? null : activityTable(instances);
}

/** `1 → 3 → 1 instances`; nothing where tasks had none of their own, or without an observer. */
function instancesSummary(record: RunRecord): readonly string[] {
  const instances = instanceRun(record);
  const journey = instances === null ? null : taskJourney(instances);
  return journey === null ? [] : [`${journey} instances`];
}

function verdictFacts(record: RunRecord): RunFacts['verdict'] {
  const { passed, checks } = record.verdict;
  const failed = checks.filter((check) => !check.passed).map(({ name }) => name);
  const { load } = record;
  const journey = taskJourney(record);
  const kinds = failureKinds(load.failures);
  const classes = answerClasses(load);
  return {
    passed,
    word: record.status === 'interrupted' ? 'Interrupted' : passed ? 'Passed' : 'Failed',
    checks:
      failed.length === 0
        ? `${checks.length} of ${checks.length} checks passed`
        : `${failed.length} of ${checks.length} checks failed: ${failed.join(', ')}`,
    summary: [
      journey === null ? 'scaling not observed' : `${journey} ${capacityNoun(record)}`,
      ...instancesSummary(record),
      `${formatCount(load.requests)} requests${classes === '' ? '' : ` (${classes})`}`,
      load.failures.total === 0
        ? 'none failed'
        : `${formatCount(load.failures.total)} failed${kinds === '' ? '' : ` (${kinds})`}`,
    ].join(', '),
  };
}

function speedFacts({ speed, environment }: RunRecord): readonly string[] {
  if (speed.every((change) => change.speed === 1))
    return ['Real time: cloud time is wall time.', ...calendarFacts(environment)];
  return [
    ...speed.map(
      (change) =>
        `From ${formatCloudTime(change.fromCloudSeconds)}: ${formatSpeed(change.speed)} (${speedMeaning(change.speed)}).`,
    ),
    'Times are cloud time; request rates and latencies are real, per wall second.',
    ...calendarFacts(environment),
  ];
}

/** Schedules and forecasts go by it; a record without a description has none. */
function calendarFacts({ local }: RunRecord['environment']): readonly string[] {
  if (typeof local !== 'object' || local === null || !('startsAt' in local)) return [];
  return [`Cloud time 00:00 is ${String(local.startsAt)} by the calendar of schedules and forecasts.`];
}

/** `20×`. */
export const formatSpeed = (speed: number): string => `${formatMeasure(speed)}×`;

const speedMeaning = (speed: number): string =>
  speed === 1 ? 'real time' : `${formatMeasure(speed)} cloud seconds per second`;

/** What kept sessions and files; nothing where nothing was kept, or the record does not say. */
const storeFacts = ({ stores }: Pick<RunRecord, 'stores'>): RunFacts['provenance'] =>
  stores === undefined
    ? []
    : [
        { label: 'Sessions', ...stores.sessions },
        { label: 'Files', ...stores.files },
      ]
        .filter(({ kind }) => kind !== 'none')
        .map(({ label, description }) => ({ label, value: description }));

/** What ran the tasks on one machine, and how they were held to their CPU; nothing where the record does not say. */
const runtimeFacts = ({ runtime }: Pick<RunRecord, 'runtime'>): RunFacts['provenance'] =>
  runtime === undefined
    ? []
    : [
        { label: 'Tasks', value: runtime.description },
        { label: 'CPU share', value: runtime.cpu },
      ];

const provenanceFacts = ({ provenance, ...record }: RunRecord): RunFacts['provenance'] => [
  { label: 'Target', value: record.target },
  { label: 'Observed by', value: record.observedBy === 'none' ? 'nobody' : record.observedBy },
  ...runtimeFacts(record),
  ...storeFacts(record),
  ...modelFacts(record),
  { label: 'Started', value: record.startedAt },
  { label: 'Finished', value: record.finishedAt },
  { label: 'Commit', value: provenance.commit },
  { label: 'Tideline', value: provenance.tideline },
  { label: 'Node', value: provenance.node },
  {
    label: 'Machine',
    value: `${provenance.cpus} × ${provenance.cpuModel}, ${formatCount(provenance.memoryMiB)} MiB, ${provenance.platform}`,
  },
];
