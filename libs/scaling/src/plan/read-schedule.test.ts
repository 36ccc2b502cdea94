import { describe, expect, test } from '@jest/globals';
import { readSchedule } from './read-schedule.ts';

const startedAt = new Date('2026-03-27T00:00:00Z');

function runs(expression: string, timeZone = 'UTC', count = 3): string[] {
  const { nextAfterSeconds } = readSchedule(expression, timeZone, startedAt);
  const found: string[] = [];
  for (let at = nextAfterSeconds(-1); found.length < count && at < Infinity; at = nextAfterSeconds(at))
    found.push(new Date(startedAt.getTime() + at * 1000).toISOString().slice(0, 16));
  return found;
}

describe('cron with six fields', () => {
  test('runs at a time of weekdays, in a time zone that moves to summer time', () => {
    expect(runs('cron(0 18 ? * MON-FRI *)', 'Europe/Berlin')).toEqual([
      '2026-03-27T17:00',
      '2026-03-30T16:00',
      '2026-03-31T16:00',
    ]);
  });

  test('counts days of the week from Sunday as 1', () => {
    expect(runs('cron(0 8 ? * 1 *)')).toEqual(['2026-03-29T08:00', '2026-04-05T08:00', '2026-04-12T08:00']);
  });

  test('repeats from a start value', () => {
    expect(runs('cron(5/20 * * * ? *)')).toEqual([
      '2026-03-27T00:05',
      '2026-03-27T00:25',
      '2026-03-27T00:45',
    ]);
  });

  test('finds last days, nearest weekdays and numbered weekdays', () => {
    expect(runs('cron(0 8 L * ? *)', 'UTC', 2)).toEqual(['2026-03-31T08:00', '2026-04-30T08:00']);
    expect(runs('cron(0 8 ? * 6L *)', 'UTC', 2)).toEqual(['2026-03-27T08:00', '2026-04-24T08:00']);
    expect(runs('cron(0 8 4W * ? *)', 'UTC', 1)).toEqual(['2026-04-03T08:00']);
    expect(runs('cron(0 8 ? * 2#1 *)', 'UTC', 1)).toEqual(['2026-04-06T08:00']);
  });

  test('ends after its last year', () => {
    expect(runs('cron(0 0 1 1 ? 2027)')).toEqual(['2027-01-01T00:00']);
  });
});

test('at runs once, in its time zone, and never when it lies before the start', () => {
  expect(runs('at(2026-03-28T08:00:00)', 'Europe/Berlin')).toEqual(['2026-03-28T07:00']);
  expect(runs('at(2026-03-26T08:00:00)')).toEqual([]);
});

test('rate counts from the start', () => {
  expect(runs('rate(90 minutes)', 'UTC', 2)).toEqual(['2026-03-27T01:30', '2026-03-27T03:00']);
  expect(runs('rate(1 day)', 'UTC', 1)).toEqual(['2026-03-28T00:00']);
});

test('a schedule at the very start runs at second 0', () => {
  expect(readSchedule('cron(0 0 * * ? *)', 'UTC', startedAt).nextAfterSeconds(-1)).toBe(0);
});

test.each([
  ['rate(0 minutes)', 'UTC'],
  ['rate(5 fortnights)', 'UTC'],
  ['cron(0 8 * * ?)', 'UTC'],
  ['cron(0 99 * * ? *)', 'UTC'],
  ['cron(0 8 ? * L,2 *)', 'UTC'],
  ['at(tomorrow)', 'UTC'],
  ['every(5 minutes)', 'UTC'],
  ['daily cron(0 8 * * ? *)', 'UTC'],
  ['cron(0 8 * * ? *) daily', 'UTC'],
  ['rate(some 5 minutes)', 'UTC'],
  ['rate(5 minutes long)', 'UTC'],
  ['rate(soon)', 'UTC'],
  ['', 'UTC'],
  ['cron(0 8 * * ? *)', 'Mars/Olympus'],
])('%s in %s is refused with what may be written', (expression, timeZone) => {
  expect(() => readSchedule(expression, timeZone, startedAt)).toThrow(
    `schedule "${expression}" in time zone "${timeZone}" cannot be read; write at(`,
  );
});

test('a last weekday may be written as a name, and an L alone is Saturday', () => {
  expect(runs('cron(0 8 ? * FRIL *)', 'UTC', 2)).toEqual(['2026-03-27T08:00', '2026-04-24T08:00']);
  expect(runs('cron(0 8 ? * L *)', 'UTC', 2)).toEqual(['2026-03-28T08:00', '2026-04-04T08:00']);
});

test('an expression may have spaces around it and between its fields', () => {
  expect(runs('  cron( 0  8 * * ?   * ) ', 'UTC', 1)).toEqual(['2026-03-27T08:00']);
  expect(runs(' rate(1 hour) ', 'UTC', 1)).toEqual(['2026-03-27T01:00']);
});

test('a calendar answers in any order of questions, and for moments before the start', () => {
  const { nextAfterSeconds } = readSchedule('cron(0 8 * * ? *)', 'UTC', startedAt);
  const day = 86_400;
  const eight = 8 * 3600;
  expect([3 * day, 0, eight, eight - 1, 2 * day, -day, -2].map(nextAfterSeconds)).toEqual([
    3 * day + eight,
    eight,
    day + eight,
    eight,
    2 * day + eight,
    eight - day,
    eight,
  ]);
});

test('a rate may have spaces in it', () => {
  expect(runs('rate( 2   hours )', 'UTC', 2)).toEqual(['2026-03-27T02:00', '2026-03-27T04:00']);
});

test.each([
  ['rate(0 minutes)', 'rate(0 minutes) has no positive value with minutes, hours or days'],
  ['cron(0 8 * * ?)', 'cron(0 8 * * ?) has 5 fields instead of 6'],
])('%s is refused with its cause', (expression, message) => {
  let cause: unknown;
  try {
    readSchedule(expression, 'UTC', startedAt);
  } catch (error) {
    cause = (error as Error).cause;
  }
  expect(cause).toEqual(new RangeError(message));
});
