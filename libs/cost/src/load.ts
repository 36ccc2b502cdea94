import { type LoadProfile, counted, peakRequestsPerSecond } from '@tideline/config';
import type { DailyLoad } from './usage.ts';

/** Hours a day with load, unless they are given: a load profile is as long as a test, not as a day. */
export const defaultHoursPerDay = 8;
/** Requests per second of a user in a closed loop, whose real rate depends on the answers. */
const closedLoopRate = 1;

/** The load of a typical day, and where its figures come from. */
export interface TypicalLoad extends DailyLoad {
  readonly explanation: string;
}

/** The busiest rate of a load profile for a working day; either can be given instead. */
export function typicalLoad(
  profile: LoadProfile,
  given: { readonly requestsPerSecond?: number | undefined; readonly hoursPerDay?: number | undefined } = {},
): TypicalLoad {
  const rate = ratesOf(profile);
  const requestsPerSecond = given.requestsPerSecond ?? rate.requestsPerSecond;
  const hoursPerDay = given.hoursPerDay ?? defaultHoursPerDay;
  return {
    requestsPerSecond,
    hoursPerDay,
    explanation: [
      given.requestsPerSecond === undefined ? rate.explanation : 'the rate as given',
      given.hoursPerDay === undefined ? `${defaultHoursPerDay} hours assumed` : 'the hours as given',
    ].join(', '),
  };
}

function ratesOf(profile: LoadProfile) {
  const peak = peakRequestsPerSecond(profile);
  if (peak !== null)
    return { requestsPerSecond: peak, explanation: `the busiest rate of load profile ${profile.name}` };
  const users = Math.max(...profile.stages.map((stage) => stage.users));
  return {
    requestsPerSecond: users * closedLoopRate,
    explanation: `${counted(users, 'user')} of load profile ${profile.name}, each asking once a second`,
  };
}
