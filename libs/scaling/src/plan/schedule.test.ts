import { expect, test } from '@jest/globals';
import { createSchedule } from './schedule.ts';

const startedAt = new Date('2026-03-27T00:00:00Z');
const daily = 'cron(0 8 * * ? *)';

test('a schedule is read once for each expression, time zone and start', () => {
  const schedule = createSchedule(daily, 'UTC', startedAt);
  const others = [
    createSchedule('cron(0 9 * * ? *)', 'UTC', startedAt),
    createSchedule(daily, 'Europe/Berlin', startedAt),
    createSchedule(daily, 'UTC', new Date('2026-03-27T06:00:00Z')),
  ];
  expect(createSchedule(daily, 'UTC', new Date(startedAt))).toBe(schedule);
  expect([schedule, ...others].map(({ nextAfterSeconds }) => nextAfterSeconds(0) / 3600)).toEqual([
    8, 9, 7, 2,
  ]);
});
