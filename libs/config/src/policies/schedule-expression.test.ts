import { describe, expect, test } from '@jest/globals';
import { scheduleFault, timeZoneExists } from './schedule-expression.ts';

describe('scheduleFault', () => {
  test.each([
    'at(2026-02-28T23:59:59)',
    'at(2028-02-29T00:00:00)',
    'rate(1 minute)',
    'rate(5 minutes)',
    'rate(2 days)',
    'cron(0 7 ? * MON-FRI *)',
    'cron(*/5 8-18 1,15 JAN,JUL ? 2026-2030)',
    'cron(0 0 L * ? *)',
    'cron(0 0 LW * ? *)',
    'cron(0 0 15W * ? *)',
    'cron(0 10 ? * 6#3 *)',
    'cron(0 10 ? * mon *)',
  ])('has nothing against %s', (schedule) => {
    expect(scheduleFault(schedule)).toBeUndefined();
  });

  test.each([
    ['daily', 'at(...), rate(...) or cron(...)'],
    ['at(2026-02-30T00:00:00)', 'no date and time'],
    ['at(2026-02-28)', 'no date and time'],
    ['at(2026-02-28T10:00:00Z)', 'no date and time'],
    ['rate(0 minutes)', 'a whole number above 0'],
    ['rate(5 seconds)', 'minute, minutes'],
    ['cron(0 7 * * MON)', 'six fields, it has 5'],
    ['cron(60 7 ? * MON *)', '"60" is no minutes; allowed: 0 to 59'],
    ['cron(0 24 ? * MON *)', '"24" is no hours'],
    ['cron(0 7 ? 13 MON *)', '"13" is no month; allowed: 1 to 12, JAN to DEC'],
    ['cron(0 7 ? * FUN *)', '"FUN" is no day-of-week'],
    ['cron(0 7 ? * FRI-MON *)', '"FRI-MON" is no day-of-week'],
    ['cron(0/0 7 ? * MON *)', '"0/0" is no minutes'],
    ['cron(0 7 * * MON *)', 'exactly one of day-of-month ("*") and day-of-week ("MON") must be ?'],
    ['cron(0 7 ? * ? *)', 'exactly one'],
  ])('names the fault of %s', (schedule, fault) => {
    expect(scheduleFault(schedule)).toContain(fault);
  });
});

describe('timeZoneExists', () => {
  test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+9'])('knows %s', (name) => {
    expect(timeZoneExists(name)).toBe(true);
  });

  test.each(['', 'Europe/Atlantis', '+02:00', 'local time'])('does not know "%s"', (name) => {
    expect(timeZoneExists(name)).toBe(false);
  });
});
