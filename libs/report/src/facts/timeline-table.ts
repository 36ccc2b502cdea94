import { type InstancePoint, type RunRecord, type TimelinePoint, capacityNoun } from '@tideline/evidence';
import { formatCloudTime } from './cloud-time.ts';
import { type Table, right } from './table.ts';

/** A moment at which a count changed: tasks, and the instances that they ran on where there were any. */
interface Moment {
  readonly cloudSeconds: number;
  readonly point: TimelinePoint | undefined;
  readonly instances: InstancePoint | undefined;
}

/** The counts over time, a row for each change; instances beside the tasks that ran on them. */
export function timelineTable(record: RunRecord): Table {
  const { timeline, capacityProvider } = record.scaling;
  const noun = capacityNoun(record);
  const hasPool = timeline.some(({ warmed }) => warmed !== undefined);
  const columns = [
    right('time'),
    ...['desired', 'running', 'healthy'].map((name) => right(`${noun} ${name}`)),
    ...(hasPool ? [right('in the warm pool')] : []),
  ];
  const rows = moments(timeline, capacityProvider?.timeline ?? []).map(
    ({ cloudSeconds, point, instances }) => ({
      time: formatCloudTime(cloudSeconds),
      counts: counted([point?.desired, point?.running, point?.healthy, ...(hasPool ? [point?.warmed] : [])]),
      instances: counted([instances?.desired, instances?.active]),
    }),
  );
  if (capacityProvider === undefined)
    return { columns, rows: rows.map(({ time, counts }) => [time, ...counts]) };
  return {
    columns: [...columns, right('instances desired'), right('instances active')],
    rows: rows.map(({ time, counts, instances }) => [time, ...counts, ...instances]),
  };
}

/** What holds at each moment at which something changes; nothing changes between two of them. */
function moments(timeline: readonly TimelinePoint[], instances: readonly InstancePoint[]): readonly Moment[] {
  const times = [...new Set([...timeline, ...instances].map(({ cloudSeconds }) => cloudSeconds))].toSorted(
    (one, other) => one - other,
  );
  const all = times.map((cloudSeconds) => ({
    cloudSeconds,
    point: latestUntil(timeline, cloudSeconds),
    instances: latestUntil(instances, cloudSeconds),
  }));
  return all.filter(
    (moment, index) => index === all.length - 1 || countsOf(moment) !== countsOf(all[index - 1]),
  );
}

const latestUntil = <Point extends { readonly cloudSeconds: number }>(
  points: readonly Point[],
  cloudSeconds: number,
): Point | undefined => points.findLast((point) => point.cloudSeconds <= cloudSeconds);

const countsOf = (moment: Moment | undefined): string =>
  [
    moment?.point?.desired,
    moment?.point?.running,
    moment?.point?.healthy,
    moment?.point?.warmed,
    moment?.instances?.desired,
    moment?.instances?.active,
  ].join(' ');

const counted = (counts: readonly (number | undefined)[]): readonly string[] =>
  counts.map((count) => (count === undefined ? '–' : String(count)));
