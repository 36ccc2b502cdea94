import { counted } from '@tideline/config';
import type { Observation } from '@tideline/evidence';

/** What a run looks like at one moment. */
export interface RunMoment {
  readonly profile: string;
  /** Cloud seconds into the load, and how long it takes in all; the first is null once the load is over. */
  readonly loadSeconds: { readonly elapsed: number; readonly all: number } | null;
  /** Cloud seconds until the wait for scale-in is given up; null when nothing is waited for. */
  readonly patienceSeconds: number | null;
  readonly users: number;
  readonly requestsPerSecond: number;
  readonly sent: number;
  readonly failed: number;
  readonly observation: Observation | null;
}

/** A run’s moment in one line. */
export function progressLine(moment: RunMoment): string {
  return [stageOf(moment), ...loadOf(moment), ...scalingOf(moment.observation)].join(' | ');
}

function stageOf({ profile, loadSeconds, patienceSeconds }: RunMoment): string {
  if (loadSeconds !== null) {
    return `${profile} ${minutes(Math.min(loadSeconds.elapsed, loadSeconds.all))} of ${minutes(loadSeconds.all)}`;
  }
  return patienceSeconds === null
    ? 'load is over, last answers'
    : `load is over, waiting for scale-in, at most ${minutes(Math.max(0, patienceSeconds))} more`;
}

function loadOf({ loadSeconds, users, requestsPerSecond, sent, failed }: RunMoment): string[] {
  const failures = `${failed} failed`;
  if (loadSeconds === null) return [`${counted(sent, 'request')}, ${failures}`];
  return [
    `${counted(users, 'user')}, ${requestsPerSecond.toFixed(0)} requests/s`,
    `${sent} sent, ${failures}`,
  ];
}

function scalingOf(observation: Observation | null): string[] {
  if (observation === null) return [];
  const { unit = 'task', service, policies, activities, cloudSeconds, speed } = observation;
  const alarms = policies.flatMap((policy) =>
    policy.alarms
      .filter(({ state }) => state === 'ALARM')
      .map(({ comparison }) => `${policy.name} ${comparison.startsWith('>') ? 'high' : 'low'}`),
  );
  const last = activities.findLast(({ status }) => status !== 'NotScaled');
  return [
    `${unit}s ${service.running} running, ${service.healthy} healthy, ${service.desired} desired`,
    ...(alarms.length === 0 ? [] : [`in ALARM: ${alarms.join(', ')}`]),
    ...(last === undefined ? [] : [`last ${last.from} to ${last.to} at ${minutes(last.cloudSeconds)}`]),
    `cloud time ${minutes(cloudSeconds)}${speed === 1 ? '' : ` at x${speed}`}`,
  ];
}

const minutes = (seconds: number): string => {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};
