import {
  type Failures,
  type Latency,
  type RunRecord,
  capacityNoun,
  formatCount,
  formatMilliseconds,
  formatRate,
} from '@tideline/evidence';
import { answerClasses } from './answer-table.ts';
import { instanceRun } from './instance-run.ts';
import { formatCloudTime, formatWallTime } from './cloud-time.ts';

/** One figure that a reader looks for first. */
export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

export const keyFigures = (record: RunRecord): readonly KeyFigure[] => [
  { label: capitalised(capacityNoun(record)), ...taskFigure(record) },
  ...instanceFigures(record),
  {
    label: 'Requests',
    value: formatCount(record.load.requests),
    note: `in ${formatCloudTime(record.load.toCloudSeconds - record.load.fromCloudSeconds)} of load, cloud time`,
  },
  ...answerFigures(record.load),
  { label: 'Rate', value: formatRate(record.load.requestsPerSecond), note: rateNote(record.load) },
  { label: 'Failed', value: formatCount(record.load.failures.total), note: failureNote(record.load) },
  {
    label: 'Time',
    value: formatCloudTime(observedSeconds(record)),
    note: `of cloud time in ${formatWallTime(record.wallSeconds)} of wall time`,
  },
];

/** Percentiles of every answered request, fastest first. */
export const latencyFigures = (latency: Latency): readonly { label: string; value: string }[] => [
  { label: 'p50', value: formatMilliseconds(latency.p50) },
  { label: 'p90', value: formatMilliseconds(latency.p90) },
  ...(latency.p95 === undefined ? [] : [{ label: 'p95', value: formatMilliseconds(latency.p95) }]),
  { label: 'p99', value: formatMilliseconds(latency.p99) },
  { label: 'p99.9', value: formatMilliseconds(latency.p999) },
  { label: 'max', value: formatMilliseconds(latency.max) },
];

/** `2 http-502, 1 timeout`; empty when nothing failed. */
export const failureKinds = ({ byKind }: Failures): string =>
  Object.entries(byKind)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${formatCount(count)} ${kind}`)
    .join(', ');

/** `Tasks`, `Instances`. */
export const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `2 → 6 → 2`: running tasks or instances at the start, at the peak and at the end; null without an observer. */
export function taskJourney({ observedBy, scaling }: RunRecord): string | null {
  const first = scaling.timeline[0];
  if (observedBy === 'none' || first === undefined) return null;
  return `${first.running} → ${scaling.peakRunning} → ${scaling.finalRunning}`;
}

function taskFigure(record: RunRecord): { value: string; note: string } {
  const { minTasks, maxTasks } = record.scaling;
  const journey = taskJourney(record);
  return journey === null
    ? { value: 'not observed', note: 'nobody watched the service scale' }
    : { value: journey, note: `running at start, peak and end; bounds ${minTasks} to ${maxTasks}` };
}

/** How the instances went that tasks ran on; nothing where they had none of their own. */
function instanceFigures(record: RunRecord): readonly KeyFigure[] {
  const instances = instanceRun(record);
  return instances === null ? [] : [{ label: 'Instances', ...taskFigure(instances) }];
}

/** Nothing where the record does not say what was answered. */
function answerFigures(load: RunRecord['load']): readonly KeyFigure[] {
  const classes = answerClasses(load);
  if (classes === '') return [];
  const succeeded = load.endpoints?.reduce((sum, endpoint) => sum + endpoint.classes['2xx'], 0) ?? 0;
  const share = load.requests > 0 ? (succeeded / load.requests) * 100 : 0;
  return [{ label: 'Answers', value: `${formatCount(share)} % 2xx`, note: classes }];
}

function rateNote(load: RunRecord['load']): string {
  const asked = load.askedRequestsPerSecond;
  if (asked === null) return 'closed loop: no rate was asked for';
  const share = asked > 0 ? ` (${formatCount((load.requestsPerSecond / asked) * 100)} %)` : '';
  const limited = load.generatorLimited ? '; the load generator was the limit' : '';
  return `of ${formatRate(asked)} asked for${share}${limited}`;
}

function failureNote(load: RunRecord['load']): string {
  const kinds = failureKinds(load.failures);
  return kinds === ''
    ? `of ${formatCount(load.requests)} requests`
    : `${kinds}; of ${formatCount(load.requests)} requests`;
}

function observedSeconds({ scaling, load }: RunRecord): number {
  const { timeline } = scaling;
  const first = Math.min(load.fromCloudSeconds, timeline[0]?.cloudSeconds ?? load.fromCloudSeconds);
  return Math.max(load.toCloudSeconds, timeline.at(-1)?.cloudSeconds ?? load.toCloudSeconds) - first;
}
