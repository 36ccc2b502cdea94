import { describe, expect, test } from '@jest/globals';
import { groupSchedule } from './group-schedule.ts';

const of = (schedule: string, timeZone = 'UTC') => groupSchedule({ schedule, timeZone });

describe('a schedule of an Auto Scaling group', () => {
  test.each([
    ['cron(0 7 ? * MON-FRI *)', '0 7 * * MON-FRI'],
    ['cron(30 18 1,15 * ? *)', '30 18 1,15 * *'],
    ['cron(0/15 * * * ? *)', '0/15 * * * *'],
    // Sunday is 1 at Application Auto Scaling, and 0 in Unix.
    ['cron(0 7 ? * 2-6 *)', '0 7 * * MON-FRI'],
    ['cron(0 7 ? JAN 1,7 *)', '0 7 * JAN SUN,SAT'],
  ])('takes %s as %s', (schedule, recurrence) => {
    expect(of(schedule, 'Europe/Berlin')).toEqual({ recurrence });
  });

  test('is one moment in UTC', () => {
    expect(of('at(2030-01-01T06:00:00)')).toEqual({ startTime: '2030-01-01T06:00:00Z' });
  });

  test.each([
    ['rate(5 minutes)', 'UTC'],
    ['cron(0 7 ? * MON 2030)', 'UTC'],
    ['cron(0 7 L * ? *)', 'UTC'],
    ['cron(0 7 ? * MON#1 *)', 'UTC'],
    ['cron(0 7 ? * 6L *)', 'UTC'],
    ['at(2030-01-01T06:00:00)', 'Europe/Berlin'],
  ])('has no words for %s in %s', (schedule, timeZone) => {
    expect(of(schedule, timeZone)).toHaveProperty('unfit');
  });
});
