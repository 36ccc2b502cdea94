import {
  type Environment,
  type LoadProfile,
  capacityFacts,
  followedMetrics,
  metricKind,
  policyKind,
} from '@tideline/config';
import type { MeasuredModels } from '@tideline/evidence';
import { type LoadTrace, simulate } from '@tideline/scaling';
import { StageTimeline } from '../load/schedule/stage-timeline.ts';
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
 * Exact where request counts decide. Where CPU does it is a lower bound, since what a request costs is measured, not known:
 * with what an earlier run measured it is the simulated peak, give or take one. Null where a policy’s metric, or the load’s rate (a closed loop), cannot be known ahead.
 */
export function expectedPeak(
  environment: Environment,
  profile: LoadProfile,
  calibration: MeasuredModels | null = null,
): ExpectedPeak | null {
  const { load } = environment;
  const { mostUnits } = capacityFacts(environment);
  if (load.expectedPeak !== null && load.profile === profile.name) {
    const peak = Math.min(load.expectedPeak, mostUnits);
    return { atLeast: peak, atMost: peak };
  }
  const foreseen = followedMetrics(environment).map(({ metric }) => metricKind(metric).foreseen);
  if (isClosedLoop(profile) || foreseen.includes('never')) return null;

  const { min } = environment.capacity;
  const trace = loadTrace(profile);
  const byRequests = simulate(trace, withExactPolicies(environment)).peakRunning;
  if (!foreseen.includes('at-least')) return { atLeast: byRequests, atMost: byRequests };
  const byAll = simulate(trace, environment, calibration ?? {}).peakRunning;
  if (calibration !== null)
    return { atLeast: Math.max(byRequests, byAll - 1, min), atMost: Math.min(byAll + 1, mostUnits) };
  return {
    atLeast: Math.max(byRequests, byAll > min ? min + 1 : min),
    atMost: Math.max(mostUnits, byRequests),
  };
}

/** The profile’s rate over time, in steps, with the quiet after it. */
export function loadTrace(profile: LoadProfile): LoadTrace {
  const timeline = new StageTimeline(profile);
  const steps = Math.ceil((timeline.seconds + afterLoadSeconds) / stepSeconds);
  return {
    stepSeconds,
    requestsPerSecond: Array.from(
      { length: steps },
      (_, index) => timeline.at((index + 0.5) * stepSeconds)?.requestsPerSecond ?? 0,
    ),
  };
}

/** Without the policies of whose metric only a lower bound is known. */
const withExactPolicies = (environment: Environment): Environment => ({
  ...environment,
  scaling: {
    ...environment.scaling,
    policies: environment.scaling.policies.filter((policy) => {
      const metric = policyKind(policy).metric(policy);
      return metric === null || metricKind(metric).foreseen === 'exactly';
    }),
  },
});
