const names = (list: string): readonly string[] => list.split(' ');

interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
  /** Forms of this field alone, such as L for the last day. */
  readonly special?: RegExp;
}

const cronFields: readonly CronField[] = [
  { name: 'minutes', min: 0, max: 59 },
  { name: 'hours', min: 0, max: 23 },
  { name: 'day-of-month', min: 1, max: 31, special: /^(\?|L|LW|L-\d{1,2}|\d{1,2}W)$/ },
  { name: 'month', min: 1, max: 12, names: names('JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC') },
  {
    name: 'day-of-week',
    min: 1,
    max: 7,
    names: names('SUN MON TUE WED THU FRI SAT'),
    special: /^(\?|L|[1-7]L|(SUN|MON|TUE|WED|THU|FRI|SAT|[1-7])#[1-5])$/,
  },
  { name: 'year', min: 1970, max: 2199 },
];

/**
 * What is wrong with a schedule of Application Auto Scaling, with how to fix it; undefined when nothing is.
 * Formats: `at(yyyy-mm-ddThh:mm:ss)`, `rate(value unit)`, `cron(fields)` (API reference, PutScheduledAction).
 */
export function scheduleFault(schedule: string): string | undefined {
  const match = /^(at|rate|cron)\((.+)\)$/.exec(schedule);
  const body = match?.[2] ?? '';
  switch (match?.[1]) {
    case 'at':
      return atFault(body);
    case 'rate':
      return rateFault(body);
    case 'cron':
      return cronFault(body);
    case undefined:
    default:
      return 'allowed: at(...), rate(...) or cron(...). Write one of them';
  }
}

function atFault(body: string): string | undefined {
  const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;
  const date = new Date(`${body}Z`);
  // A day that does not exist, such as February 30, rolls over to another one.
  const exists = form.test(body) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(body);
  return exists
    ? undefined
    : 'it is no date and time. Write an existing one as at(yyyy-mm-ddThh:mm:ss), without a zone';
}

const rateFault = (body: string): string | undefined =>
  /^[1-9]\d*\s+(minutes?|hours?|days?)$/.test(body)
    ? undefined
    : 'a rate is a whole number above 0 and minute, minutes, hour, hours, day or days. Write, for instance, rate(5 minutes)';

function cronFault(body: string): string | undefined {
  const fields = body.trim().split(/\s+/);
  if (fields.length !== cronFields.length)
    return `a cron schedule has six fields, it has ${fields.length}. Write cron(${cronFields.map(({ name }) => name).join(' ')}), for instance cron(0 7 ? * MON-FRI *)`;
  for (const [index, field] of cronFields.entries()) {
    const text = fields[index] ?? '';
    if (!text.split(',').every((part) => cronPartIsValid(part, field)))
      return `"${text}" is no ${field.name}; allowed: ${field.min} to ${field.max}${field.names === undefined ? '' : `, ${field.names[0] ?? ''} to ${field.names.at(-1) ?? ''}`}, *, lists (,), ranges (-) and steps (/). Correct that field`;
  }
  const questionMarks = [fields[2], fields[4]].filter((field) => field === '?').length;
  return questionMarks === 1
    ? undefined
    : `exactly one of day-of-month ("${fields[2] ?? ''}") and day-of-week ("${fields[4] ?? ''}") must be ?. Set the one that does not matter to ?`;
}

function cronPartIsValid(part: string, field: CronField): boolean {
  if (field.special?.test(part.toUpperCase()) === true) return true;
  const [range = '', step, ...rest] = part.split('/');
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === '*') return true;
  const [from = '', to, ...more] = range.split('-');
  if (more.length > 0) return false;
  const start = cronNumber(from, field);
  const end = to === undefined ? start : cronNumber(to, field);
  return start !== undefined && end !== undefined && start <= end;
}

function cronNumber(text: string, { min, max, names: known = [] }: CronField): number | undefined {
  const named = known.indexOf(text.toUpperCase());
  const value = named === -1 ? (/^\d+$/.test(text) ? Number(text) : Number.NaN) : named + min;
  return value >= min && value <= max ? value : undefined;
}

/** True for an IANA name that this Node knows. Offsets such as +02:00 are no names. */
export function timeZoneExists(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
