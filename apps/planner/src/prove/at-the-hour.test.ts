import { describe, expect, test } from '@jest/globals';
import { type EnvironmentInput, presetInput, resolveEnvironment } from '@tideline/config';
import type { Trace } from '@tideline/planner';
import { simulate } from '@tideline/scaling';
import { atTheHour, goesByCalendar } from './at-the-hour.ts';

/** Three days in steps of ten minutes: 100 requests/s from 08:00 to 18:00, else 10. */
const stepSeconds = 600;
const trace: Trace = {
  name: 'office hours',
  unit: 'requests',
  startedAt: new Date('2026-03-02T00:00:00Z'),
  stepSeconds,
  requestsPerSecond: Array.from({ length: 432 }, (_, step) => {
    const hour = Math.floor(step / 6) % 24;
    return hour >= 8 && hour < 18 ? 100 : 10;
  }),
  remarks: [],
} as unknown as Trace;

const described = (policies: unknown): ReturnType<typeof resolveEnvironment> =>
  resolveEnvironment({
    ...presetInput('stateless-asg'),
    capacity: { min: 2, max: 12, desired: 2 },
    scaling: { policies },
  } as EnvironmentInput);

const tracking = {
  type: 'target-tracking',
  name: 'requests',
  metric: { kind: 'requests-per-target', requestsPerTargetPerMinute: 1200 },
};
const scheduled = described([
  tracking,
  { type: 'scheduled', name: 'morning', schedule: 'cron(50 7 * * ? *)', minCapacity: 5 },
  { type: 'scheduled', name: 'evening', schedule: 'cron(0 18 * * ? *)', minCapacity: 2 },
]);
/** The step that begins at this time of the third day. */
const stepAt = (hour: number, minute = 0): number => 2 * 144 + hour * 6 + minute / 10;

describe('a description at the hour of a part', () => {
  test('is left as it is, but for its units, where no policy goes by the calendar', () => {
    const environment = described([tracking]);
    expect(goesByCalendar(environment)).toBe(false);
    expect(atTheHour({ environment, trace }, { fromStep: 100, units: 20 })).toEqual({
      ...environment,
      capacity: { min: 2, max: 12, desired: 12 },
    });
  });

  test('begins its calendar as long before the part as a twin takes to start', () => {
    const { local } = atTheHour({ environment: scheduled, trace }, { fromStep: stepAt(7, 30), units: 2 });
    expect(local.startsAt).toBe('2026-03-04T07:28:45.000Z');
    expect(local.hourlyRequestsPerSecond).toEqual([]);
  });

  test.each([
    ['before the morning', 7.5, 2],
    ['during the day', 12, 5],
    ['after the evening', 20, 2],
  ])('has the bounds that scheduled actions have left %s', (_, hour, min) => {
    const { capacity } = atTheHour(
      { environment: scheduled, trace },
      { fromStep: stepAt(Math.floor(hour), (hour % 1) * 60), units: 1 },
    );
    expect(capacity).toEqual({ min, max: 12, desired: min });
  });

  test('has a scheduled action run at its hour of the trace', () => {
    const fromStep = stepAt(7, 30);
    const environment = atTheHour({ environment: scheduled, trace }, { fromStep, units: 2 });
    const part = { stepSeconds, requestsPerSecond: trace.requestsPerSecond.slice(fromStep, fromStep + 6) };
    const { decisions } = simulate(part, environment, { loadStartsAtSeconds: 75 });
    expect(decisions.find(({ outcome }) => outcome === 'scaled')).toMatchObject({
      policy: 'morning',
      from: 2,
      to: 5,
      seconds: 75 + 20 * 60,
    });
  });

  test('has the whole hours before it as the history of forecasts', () => {
    const environment = described([
      tracking,
      { ...tracking, type: 'predictive', name: 'ahead', mode: 'ForecastAndScale' },
    ]);
    const fromStep = stepAt(7, 30);
    const at = atTheHour({ environment, trace }, { fromStep, units: 2 });
    expect(at.local.hourlyRequestsPerSecond).toHaveLength(2 * 24 + 7);
    expect(at.local.hourlyRequestsPerSecond.slice(0, 9).map((rate) => Math.round(rate ?? -1))).toEqual([
      10, 10, 10, 10, 10, 10, 10, 10, 100,
    ]);
    const part = { stepSeconds, requestsPerSecond: trace.requestsPerSecond.slice(fromStep, fromStep + 6) };
    const { decisions } = simulate(part, at, { loadStartsAtSeconds: 75 });
    // The capacity of 08:00 is launched five minutes before it.
    expect(decisions.find(({ outcome }) => outcome === 'scaled')).toMatchObject({
      policy: 'ahead',
      from: 2,
      to: 5,
      seconds: 75 + 25 * 60,
    });
  });
});
