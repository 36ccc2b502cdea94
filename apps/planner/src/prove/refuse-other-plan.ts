import { computeFacts } from '@tideline/config';
import { traceRates, withSettings } from '@tideline/planner';
import { UsageError } from '@tideline/process';
import type { Traffic } from '../shared/traffic-options.ts';
import { rounded } from '../shared/words.ts';
import type { ProveCommandOptions } from './prove-command.ts';
import type { PlannedPolicy } from './read-plan.ts';

/**
 * Refuses a plan that is not one of this description and this trace, before anything is measured or run. A trace may have
 * grown since, or begin later, as one that is read from AWS again does.
 * @throws UsageError TL-PROVE-PLAN. ConfigurationError where its settings are none
 */
export function refuseOtherPlan(
  { madeOf, settings }: PlannedPolicy,
  { environment, trace }: Pick<Traffic, 'environment' | 'trace'>,
  { plan = '' }: Pick<ProveCommandOptions, 'plan'>,
): void {
  if (madeOf === null) return;
  const refuse = (why: string): never => {
    throw new UsageError('TL-PROVE-PLAN', `--plan ${plan}: ${why}`);
  };
  const { unit } = computeFacts(environment);
  if (madeOf.unit !== unit)
    refuse(`scales ${madeOf.unit}s, and this description scales ${unit}s; plan again with this description`);
  const difference = differenceOf(madeOf.trace, trace);
  if (difference !== null)
    refuse(
      `was made of ${madeOf.trace.name}, ${difference}; give the trace that was planned, or plan this one`,
    );
  withSettings(environment, { capacity: settings.capacity, policies: settings.scaling.policies });
}

/** How a trace is another one than the plan was made of; null: it may be the same. */
function differenceOf(
  planned: NonNullable<PlannedPolicy['madeOf']>['trace'],
  trace: Traffic['trace'],
): string | null {
  const { stepSeconds, requestsPerSecond } = trace;
  const [plannedStart, startedAt] = [planned.startedAt, trace.startedAt.toISOString()];
  if (planned.stepSeconds !== stepSeconds)
    return `in steps of ${planned.stepSeconds} s, and ${trace.name} has steps of ${stepSeconds} s`;
  if (startedAt < plannedStart)
    return `which begins at ${plannedStart}, and ${trace.name} begins at ${startedAt}`;
  const mean = traceRates(trace).meanRequestsPerSecond;
  const isAsLong =
    startedAt === plannedStart &&
    Math.abs((planned.days * 86_400) / stepSeconds - requestsPerSecond.length) < 0.5;
  return isAsLong && Math.abs(mean - planned.meanRequestsPerSecond) > mean * 1e-6
    ? `which has ${rounded(planned.meanRequestsPerSecond)} requests/s on average, and ${trace.name} has ${rounded(mean)}`
    : null;
}
