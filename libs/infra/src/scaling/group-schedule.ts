/** A schedule as EC2 Auto Scaling takes it. */
export type GroupSchedule =
  { readonly recurrence: string } | { readonly startTime: string } | { readonly unfit: string };

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * A schedule of Application Auto Scaling in the words of EC2 Auto Scaling: a Unix cron expression of five fields, or one
 * moment in UTC. `unfit` says what the latter has no words for: rates, single years, and days counted from a month’s end.
 */
export function groupSchedule({
  schedule,
  timeZone,
}: {
  readonly schedule: string;
  readonly timeZone: string;
}): GroupSchedule {
  const [, kind, body = ''] = /^(at|rate|cron)\((.+)\)$/.exec(schedule) ?? [];
  if (kind === 'rate') return { unfit: 'a rate' };
  if (kind === 'at')
    return timeZone === 'UTC'
      ? { startTime: `${body}Z` }
      : { unfit: 'a single time in a zone other than UTC' };
  const [minutes, hours, dayOfMonth = '', month, dayOfWeek = '', year] = body.trim().split(/\s+/);
  if (year !== '*') return { unfit: `the year ${year ?? ''}` };
  if (/[LW#]/.test(dayOfMonth) || /#|L$/.test(dayOfWeek))
    return { unfit: 'days counted from the end of a month' };
  const fields = [minutes, hours, anyDay(dayOfMonth), month, unixWeekdays(anyDay(dayOfWeek))];
  return { recurrence: fields.join(' ') };
}

const anyDay = (field: string): string => (field === '?' ? '*' : field);

/** Names, since the numbers begin with Sunday as 1 there and as 0 here; the number of a step is none of a day. */
const unixWeekdays = (field: string): string =>
  field.replaceAll(/(?<!\/)\b[1-7]\b/g, (day) => weekdays[Number(day) - 1] ?? day);
