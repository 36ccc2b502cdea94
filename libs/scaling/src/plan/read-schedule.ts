import { Cron, type CronOptions } from 'croner';

/** When a scheduled action runs, in cloud seconds. */
export interface Schedule {
  /** The first run strictly after `seconds`, or Infinity. */
  readonly nextAfterSeconds: (seconds: number) => number;
}

const unitSeconds: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

/**
 * Reads `at(yyyy-mm-ddThh:mm:ss)`, `rate(value unit)` and AWS’s six-field `cron(...)` (day of week 1 is Sunday).
 * A rate counts from `startedAt`. A local time that daylight saving skips runs an hour later; a repeated one runs once.
 * @param startedAt the calendar instant of cloud second 0
 * @throws RangeError for an expression or time zone that cannot be read
 */
export function readSchedule(expression: string, timeZone: string, startedAt: Date): Schedule {
  const [, kind, body = ''] = /^(at|rate|cron)\((.+)\)$/.exec(expression.trim()) ?? [];
  try {
    return kind === 'rate'
      ? { nextAfterSeconds: everyInterval(body) }
      : { nextAfterSeconds: listed(calendar(kind, { body, timeZone, startedAt })) };
  } catch (cause) {
    throw new RangeError(
      `schedule "${expression}" in time zone "${timeZone}" cannot be read; write at(2026-03-29T08:00:00), rate(5 minutes) or cron(0 8 ? * MON-FRI *), with an IANA time zone such as Europe/Berlin`,
      { cause },
    );
  }
}

type Next = (seconds: number) => number;

function everyInterval(body: string): Next {
  const [, value = '', unit = ''] = /^(\d+)\s+(minute|hour|day)s?$/.exec(body.trim()) ?? [];
  const interval = Number(value) * (unitSeconds[unit] ?? 0);
  if (!(interval > 0))
    throw new RangeError(`rate(${body}) has no positive value with minutes, hours or days`);
  return (seconds) => Math.max(1, Math.floor(seconds / interval) + 1) * interval;
}

function calendar(
  kind: string | undefined,
  { body, timeZone, startedAt }: { body: string; timeZone: string; startedAt: Date },
): Next {
  // A `?` matches every day, so both day fields together decide.
  const options: CronOptions = {
    timezone: timeZone,
    alternativeWeekdays: true,
    sloppyRanges: true,
    domAndDow: true,
  };
  const cron =
    kind === 'cron' ? new Cron(cronPattern(body), { ...options, mode: '7-part' }) : new Cron(body, options);
  return (seconds) => {
    const from = new Date(startedAt.getTime() + Math.floor(seconds * 1000));
    const run = cron.nextRun(from);
    return run === null ? Infinity : (run.getTime() - startedAt.getTime()) / 1000;
  };
}

/** AWS’s minutes-first pattern, as croner spells it: seconds first, and a 7 for an `L` alone. */
function cronPattern(body: string): string {
  const fields = body.trim().split(/\s+/);
  if (fields.length !== 6) throw new RangeError(`cron(${body}) has ${fields.length} fields instead of 6`);
  const [minute, hour, day, month, weekday = '*', year] = fields;
  const weekdays = weekday.replace(/^L$/i, '7');
  return ['0', minute, hour, day, month, weekdays, year].join(' ');
}

/** Keeps the runs that the calendar was asked for, each of which begins where the one before ends. */
function listed(next: Next): Next {
  const runs = [next(-1)];
  /** Place of the last answer: the next one is mostly the same, or the one after it. */
  let place = 0;
  return (seconds) => {
    if (seconds < -1) return next(seconds);
    while (place > 0 && (runs[place - 1] ?? 0) > seconds) place -= 1;
    for (;;) {
      const run = (runs[place] ??= next(runs[place - 1] ?? -1));
      if (run > seconds) return run;
      place += 1;
    }
  };
}
