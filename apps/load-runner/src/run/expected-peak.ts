import { type Environment, type LoadProfile, capacityFacts } from '@tideline/config';
import { type LoadTrace, simulate } from '@tideline/scaling';
import { loadSeconds, stagePosition } from '../load/schedule/stage-timeline.ts';
import { isClosedLoop } from './run-settings.ts';

/** Bounds of the highest running count, both included. */
export interface ExpectedPeak {
  readonly atLeast: number;
  readonly atMost: number;
}

const stepSeconds = 5;
/** A scale-out may follow the load’s end by the metric’s lag and a task’s start. */
const afterLoadSeconds = 600;

/**
 * What the description expects of its own load, else what its policies make of the load by simulation.
 * Exact where request counts decide. Where CPU does it is a lower bound, since what a request costs is measured, not known;
 * null where a policy’s metric, or the load’s rate (a closed loop), cannot be known ahead.
 */
export function expectedPeak(environment: Environment, profile: LoadProfile): ExpectedPeak | null {
  const { load, scaling } = environment;
  const { policies } = scaling;
  const { mostUnits } = capacityFacts(environment);
  if (load.expectedPeak !== null && load.profile === profile.name) {
    const peak = Math.min(load.expectedPeak, mostUnits);
    return { atLeast: peak, atMost: peak };
  }
  const kinds = policies.flatMap((policy) => (policy.type === 'scheduled' ? [] : [policy.metric.kind]));
  if (isClosedLoop(profile) || kinds.some((kind) => kind !== 'requests-per-target' && kind !== 'cpu'))
    return null;

  const { min } = environment.capacity;
  const trace = loadTrace(profile);
  const byRequests = simulate(trace, withoutCpuPolicies(environment)).peakRunning;
  if (!kinds.includes('cpu')) return { atLeast: byRequests, atMost: byRequests };
  const byAll = simulate(trace, environment).peakRunning;
  return {
    atLeast: Math.max(byRequests, byAll > min ? min + 1 : min),
    atMost: Math.max(mostUnits, byRequests),
  };
}

/** The profile’s rate over time, in steps, with the quiet after it. */
export function loadTrace({ stages }: LoadProfile): LoadTrace {
  const steps = Math.ceil((loadSeconds(stages) + afterLoadSeconds) / stepSeconds);
  const requestsPerSecond = Array.from({ length: steps }, (_, index) => {
    const position = stagePosition(stages, (index + 0.5) * stepSeconds);
    const stage = position === null ? undefined : stages[position.stage];
    if (position === null || stage === undefined || stage.users === 0) return 0;
    return ((stage.requestsPerSecond ?? 0) / stage.users) * position.users;
  });
  return { stepSeconds, requestsPerSecond };
}

const withoutCpuPolicies = (environment: Environment): Environment => ({
  ...environment,
  scaling: {
    policies: environment.scaling.policies.filter(
      (policy) => policy.type === 'scheduled' || policy.metric.kind !== 'cpu',
    ),
  },
});
