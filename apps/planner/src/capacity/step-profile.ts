import { type LoadProfile, resolveLoadProfile } from '@tideline/config';
import type { Objective } from '@tideline/planner';

/** Users who together keep a rate though each of their answers takes as long as the objective allows, times this. */
const spareUsers = 2;
const fewestUsers = 8;
const mostUsers = 400;
/** They join within this, wall seconds: connections that all open at once are no load of their own. */
const joinSeconds = 0.5;

/**
 * One step of the load: the requests of a profile at an even rate. Users are as many as keep the rate while answers are as slow
 * as the objective allows (Little’s law: rate x latency), from 8 to 400; beyond, a request waits for its user, and that counts
 * as its latency.
 */
export function stepProfile(
  profile: LoadProfile,
  step: {
    readonly requestsPerSecond: number;
    readonly seconds: number;
    readonly objective: Pick<Objective, 'latencyMilliseconds'>;
  },
): LoadProfile {
  const inFlight = (step.requestsPerSecond * step.objective.latencyMilliseconds) / 1000;
  const users = Math.min(mostUsers, Math.max(fewestUsers, Math.ceil(inFlight * spareUsers)));
  return resolveLoadProfile({
    ...profile,
    stages: [
      {
        users,
        usersPerSecond: users / joinSeconds,
        holdSeconds: step.seconds,
        requestsPerSecond: step.requestsPerSecond,
      },
    ],
  });
}
