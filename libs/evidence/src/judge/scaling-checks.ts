import { capacityNoun } from '../record/quantity.ts';
import type { Expectations, Finding, UnjudgedRun } from './expectations.ts';
import type { TimelinePoint } from '../record/run-record.ts';

const names = { out: 'scaled-out', in: 'scaled-in', healthy: 'healthy-at-end' } as const;
const instancesName = 'instances-scaled-in';
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
    ...instancesScaledIn(record, expectations.restInstances ?? null),
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

const noun = (count: number): string => capacityNoun({ scaling: { unit: 'instance' } }, count);

/** Did the instances that tasks ran on follow them back? No question where there were none, and none were to come back. */
function instancesScaledIn(
  { scaling: { capacityProvider } }: UnjudgedRun,
  restInstances: NonNullable<Expectations['restInstances']> | null,
): readonly Finding[] {
  if (capacityProvider === undefined)
    return restInstances === null ? [] : [{ name: instancesName, reason: 'nobody observed the instances' }];
  if (restInstances === null) return [{ name: instancesName, reason: 'the run did not wait for scale-in' }];
  const { atLeast, atMost } = restInstances;
  const last = capacityProvider.timeline.at(-1);
  const within = (count: number | undefined): boolean =>
    count !== undefined && count >= atLeast && count <= atMost;
  const counted = atLeast === atMost ? String(atLeast) : `${atLeast} to ${atMost}`;
  return [
    {
      name: instancesName,
      passed: within(last?.active) && within(last?.desired),
      observed:
        last === undefined
          ? nothingSeen
          : `${last.active} ${noun(last.active)} active, ${last.desired} desired at the end`,
      expected: `${counted} ${noun(atMost)} active, ${counted} desired at the end`,
    },
  ];
}

const healthyAtEnd = (last: TimelinePoint | undefined): Finding => ({
  name: names.healthy,
  passed: last !== undefined && last.healthy === last.desired,
  observed: last === undefined ? nothingSeen : `${last.healthy} healthy of ${last.desired} desired`,
  expected: last === undefined ? 'healthy = desired' : `${last.desired} healthy of ${last.desired} desired`,
});
