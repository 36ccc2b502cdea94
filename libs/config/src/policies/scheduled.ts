import * as z from 'zod';
import type { Problem } from '../configuration-error.ts';
import type { ScheduledAction } from '../environment.ts';
import { refuse } from '../errors/error-rule.ts';
import { policyName } from '../schema/fields.ts';
import type { PolicyContext, PolicyKindOf } from './policy-kind.ts';
import { scheduleFault, timeZoneExists } from './schedule-expression.ts';

const bound = (which: string) =>
  z.int().min(0).max(5000).nullable().default(null).describe(`New ${which}, or null to leave it.`);

export const scheduledSchema = z.strictObject({
  type: z.literal('scheduled').describe('Sets the bounds of capacity at given times.'),
  name: policyName.describe('Unique name of the action.'),
  schedule: z
    .string()
    .regex(
      /^(at|rate|cron)\(.+\)$/,
      'must be at(yyyy-mm-ddThh:mm:ss), rate(value unit) or cron(minutes hours day-of-month month day-of-week year)',
    )
    .describe('When, as Application Auto Scaling writes it: at(...), rate(...) or cron(...).'),
  timeZone: z.string().default('UTC').describe('IANA time zone of the schedule.'),
  minCapacity: bound('minimum'),
  maxCapacity: bound('maximum'),
});

/** Moves the bounds of capacity at its times; it follows no metric, and ignores cooldowns. */
export const scheduled: PolicyKindOf<'scheduled'> = {
  resolve: (policy) => policy,
  metric: () => null,
  target: () => null,
  alarms: () => [],
  scaleIn: () => 'by-schedule',
  cooldowns: () => null,
  bounds: ({ minCapacity, maxCapacity }) => ({ min: minCapacity, max: maxCapacity }),
  schedule: ({ schedule, timeZone }) => ({ schedule, timeZone }),
  forecast: () => null,
  summary: ({ name, schedule }) => `${name}: ${schedule}`,
  errors: (policy, context) => [...scheduleErrors(policy), ...capacityErrors(policy, context)],
};

function scheduleErrors({ name, schedule, timeZone }: ScheduledAction): readonly Problem[] {
  const path = `scaling.policies.${name}`;
  const fault = scheduleFault(schedule);
  return [
    ...(fault === undefined
      ? []
      : refuse('TL-CONFIG-SCHEDULE-EXPRESSION', `${path}.schedule`, `got "${schedule}"; ${fault}`)),
    ...(timeZoneExists(timeZone)
      ? []
      : refuse(
          'TL-CONFIG-SCHEDULE-TIME-ZONE',
          `${path}.timeZone`,
          `got "${timeZone}", which is no IANA time zone. Use a name such as UTC or Europe/Berlin`,
        )),
  ];
}

/** A bound left alone keeps what it was: the description’s, or another action’s. */
function capacityErrors(
  { name, minCapacity, maxCapacity }: ScheduledAction,
  { widest }: PolicyContext,
): readonly Problem[] {
  const path = `scaling.policies.${name}`;
  if (minCapacity === null && maxCapacity === null)
    return refuse(
      'TL-CONFIG-SCHEDULE-CAPACITY',
      path,
      'sets neither minCapacity nor maxCapacity, so it would do nothing. Set one of them',
    );
  const highest = maxCapacity ?? widest.max;
  if (minCapacity !== null && minCapacity > highest)
    return refuse(
      'TL-CONFIG-SCHEDULE-CAPACITY',
      path,
      `minCapacity ${minCapacity} is above ${maxCapacity === null ? 'every maximum in force,' : 'maxCapacity'} ${highest}. Lower it, or set maxCapacity to ${minCapacity} or more`,
    );
  const lowest = minCapacity ?? widest.min;
  if (maxCapacity === null || maxCapacity >= lowest) return [];
  return refuse(
    'TL-CONFIG-SCHEDULE-CAPACITY',
    path,
    `maxCapacity ${maxCapacity} is below every minimum in force, ${lowest}. Raise it, or set minCapacity to ${maxCapacity} or less`,
  );
}
