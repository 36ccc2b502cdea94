import { type LoadProfile, type LoadProfileInput, resolveLoadProfile } from '@tideline/config';
import type { Remark } from '@tideline/evidence';
import type { Replay } from '@tideline/planner';
import { UsageError } from '@tideline/process';
import { type LoadOptions, naming } from './options.ts';

/** How long a request may hold its user until the rate can no longer be sent, seconds; what users are counted by. */
const answerSeconds = 0.2;
const leastUsers = 10;
const mostUsers = 10_000;
/** Longest stage of a profile, seconds. */
const longestStage = 86_400;

/** A trace as a load profile, and what its reader must know. */
export interface ReplayedProfile {
  readonly profile: LoadProfile;
  readonly remarks: readonly Remark[];
}

/**
 * The stages of a profile replaced by those of a trace: one for each step, equal neighbours together, at the rates of the
 * trace. Endpoints, cookies, time limits and thresholds stay the profile’s. As many users as `--users` says, else enough
 * for answers that take 0.2 seconds at the highest rate.
 * @throws UsageError, ConfigurationError
 */
export async function replayedProfile(
  profile: LoadProfile,
  { trace, speed }: Replay,
  { users, rate, hold, arrivals = 'even', seed = 1 }: LoadOptions,
): Promise<ReplayedProfile> {
  const overridden = Object.entries({ '--rate': rate, '--hold': hold }).find(
    ([, value]) => value !== undefined,
  );
  if (overridden !== undefined)
    throw new UsageError(
      'TL-RUN-OVERRIDE',
      `got ${overridden.join(' ')} and --trace, which has rates and times of its own; multiply them with --scale, choose a part with --trace-from and --trace-to`,
    );
  const peak = trace.requestsPerSecond.reduce((highest, one) => Math.max(highest, one), 0);
  const connections = users ?? Math.min(mostUsers, Math.max(leastUsers, Math.ceil(peak * answerSeconds)));
  const replayed = await naming(`--trace ${trace.name}`, () =>
    resolveLoadProfile({
      ...profile,
      name: nameOf(trace.name),
      stages: stagesOf(trace.requestsPerSecond, trace.stepSeconds / speed, connections),
      arrivals,
      seed,
    }),
  );
  return { profile: replayed, remarks: remarksOf({ trace, speed }, arrivals) };
}

/** The profile with its requests due as `--arrivals` says; as it is without. @throws ConfigurationError */
export const withArrivals = (
  profile: LoadProfile,
  { arrivals, seed = profile.seed }: Pick<LoadOptions, 'arrivals' | 'seed'>,
): Promise<LoadProfile> =>
  naming('--arrivals', () =>
    resolveLoadProfile({ ...profile, seed, ...(arrivals === undefined ? {} : { arrivals }) }),
  );

function stagesOf(rates: readonly number[], stepSeconds: number, users: number): LoadProfileInput['stages'] {
  const stages: { users: number; usersPerSecond: number; holdSeconds: number; requestsPerSecond: number }[] =
    [];
  for (const requestsPerSecond of rates) {
    const last = stages.at(-1);
    if (last?.requestsPerSecond === requestsPerSecond && last.holdSeconds + stepSeconds <= longestStage)
      last.holdSeconds += stepSeconds;
    // All users are there from the first moment on: 10,000 a second is the most that join.
    else stages.push({ users, usersPerSecond: 10_000, holdSeconds: stepSeconds, requestsPerSecond });
  }
  return stages;
}

function remarksOf({ trace, speed }: Replay, arrivals: string): readonly Remark[] {
  const { name, startedAt, stepSeconds, requestsPerSecond, remarks } = trace;
  const end = new Date(startedAt.getTime() + requestsPerSecond.length * stepSeconds * 1000);
  const replayed = {
    code: 'TL-RUN-TRACE',
    message: `The load is the trace ${name} from ${startedAt.toISOString()} to ${end.toISOString()}, ${requestsPerSecond.length} steps of ${stepSeconds} s, with ${arrivals} arrivals.`,
  };
  const hurried = {
    code: 'TL-RUN-TRACE-SPEED',
    message: `${speed} seconds of the trace pass in one cloud second: load changes ${speed > 1 ? 'faster' : 'more slowly'} than it did, so how well scaling follows is not what it would be at the trace’s own speed.`,
  };
  return [replayed, ...(speed === 1 ? [] : [hurried]), ...remarks];
}

/** A name as profiles have one: lower-case letters, digits and hyphens, 32 at most. */
const nameOf = (name: string): string =>
  `trace-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`.slice(0, 32).replace(/-+$/, '');
