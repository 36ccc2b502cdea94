import { type Environment, forecastingPolicies, policyKind } from '@tideline/config';
import { boundsBy, hourlyRates, planScaling } from '@tideline/scaling';
import type { Traffic } from '../shared/traffic-options.ts';

/** Cloud time from the start of the twin’s clock to that of its load, on a quiet machine at speed 60. */
const twinStartSeconds = 75;

const hourMs = 3_600_000;

/** Whether a policy goes by the calendar. */
export const goesByCalendar = ({ scaling }: Environment): boolean =>
  scaling.policies.some((policy) => {
    const kind = policyKind(policy);
    return kind.schedule(policy) !== null || kind.forecast(policy) !== null;
  });

/**
 * A description as it is when a part of its trace begins: cloud time begins just before, the hours before it are what forecasts are
 * made from, and the bounds are those that scheduled actions have left since the start of the trace.
 * @param units that the policy has by then; kept within those bounds
 */
export function atTheHour(
  { environment, trace }: Pick<Traffic, 'environment' | 'trace'>,
  { fromStep, units }: { readonly fromStep: number; readonly units: number },
): Environment {
  const within = ({ min, max }: { readonly min: number; readonly max: number }) => ({
    ...environment,
    capacity: { min, max, desired: Math.min(max, Math.max(min, units)) },
  });
  if (!goesByCalendar(environment)) return within(environment.capacity);
  const { startedAt, stepSeconds, requestsPerSecond } = trace;
  const fromSeconds = fromStep * stepSeconds;
  const partMs = startedAt.getTime() + fromSeconds * 1000;
  const startsMs = partMs - twinStartSeconds * 1000;
  const plan = planScaling(environment, { startedAt });
  const history = { stepSeconds, requestsPerSecond: requestsPerSecond.slice(0, fromStep) };
  const hours =
    forecastingPolicies(environment).length === 0
      ? environment.local.hourlyRequestsPerSecond
      : hourlyRates(history, (Math.floor(startsMs / hourMs) * hourMs - partMs) / 1000);
  return {
    ...within(boundsBy(plan, fromSeconds - twinStartSeconds)),
    local: {
      ...environment.local,
      startsAt: new Date(startsMs).toISOString(),
      hourlyRequestsPerSecond: hours.slice(-mostHours),
    },
  };
}

/** Of `local.hourlyRequestsPerSecond`: 14 days. */
const mostHours = 336;

/** How far from its hour a load began, seconds, by the cloud time of its start; above 0: late. */
export const offItsHourSeconds = (loadFromCloudSeconds: number): number =>
  loadFromCloudSeconds - twinStartSeconds;
