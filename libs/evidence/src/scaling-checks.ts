import { capacityNoun } from './capacity-noun.ts';
import type { Expectations, Finding, UnjudgedRun } from './expectations.ts';
import type { TimelinePoint } from './run-record.ts';

const names = { out: 'scaled-out', in: 'scaled-in', healthy: 'healthy-at-end' } as const;
const nothingSeen = 'the service was never observed';

/** Did the service reach the expected count, come back, and end with everything desired healthy? */
export function scalingChecks(record: UnjudgedRun, expectations: Expectations): readonly Finding[] {
  if (record.observedBy === 'none') {
    return Object.values(names).map((name) => ({ name, reason: 'nobody observed the service' }));
  }
  const last = record.scaling.timeline.at(-1);
  return [
    scaledOut(record, expectations.peakTasks),
    scaledIn({ record, last, minTasks: expectations.minTasks }),
    healthyAtEnd(last),
  ];
}

function scaledOut({ scaling }: UnjudgedRun, peakTasks: Expectations['peakTasks']): Finding {
  if (peakTasks === null) return { name: names.out, reason: 'no peak count was expected' };
  const { atLeast, atMost } = peakTasks;
  const seen = scaling.timeline.length > 0;
  const counted = (count: number): string => `${count} ${capacityNoun({ scaling }, count)}`;
  return {
    name: names.out,
    passed: seen && scaling.peakRunning >= atLeast && scaling.peakRunning <= atMost,
    observed: seen ? `${counted(scaling.peakRunning)} running at the peak` : nothingSeen,
    expected:
      atLeast === atMost
        ? `${counted(atLeast)} running at the peak`
        : `${atLeast} to ${counted(atMost)} running at the peak`,
  };
}

function scaledIn(run: {
  readonly record: UnjudgedRun;
  readonly last: TimelinePoint | undefined;
  readonly minTasks: number | null;
}): Finding {
  const { record, last, minTasks } = run;
  if (minTasks === null) return { name: names.in, reason: 'the run did not wait for scale-in' };
  const { finalRunning } = record.scaling;
  return {
    name: names.in,
    passed: finalRunning === minTasks && last?.desired === minTasks,
    observed:
      last === undefined ? nothingSeen : `${finalRunning} running, ${last.desired} desired at the end`,
    expected: `${minTasks} running, ${minTasks} desired at the end`,
  };
}

const healthyAtEnd = (last: TimelinePoint | undefined): Finding => ({
  name: names.healthy,
  passed: last !== undefined && last.healthy === last.desired,
  observed: last === undefined ? nothingSeen : `${last.healthy} healthy of ${last.desired} desired`,
  expected: last === undefined ? 'healthy = desired' : `${last.desired} healthy of ${last.desired} desired`,
});
