import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { forecastHourly } from './forecast-hourly.ts';

/** A Thursday. */
const startedAt = new Date('2026-01-01T00:00:00Z');

const forecast = (history: readonly (number | null)[], over: { hours?: number; percentile?: number } = {}) =>
  forecastHourly({ history, startedAt, hours: 24, ...over });

const hoursOf = (days: number, value: (hourOfDay: number, day: number) => number | null) =>
  Array.from({ length: 24 * days }, (_, hour) => value(hour % 24, Math.floor(hour / 24)));

const shape = (hour: number): number => (hour >= 9 && hour < 17 ? 100 : 10);

describe('forecastHourly', () => {
  test('needs 24 known hours', () => {
    expect(forecast(hoursOf(1, () => 5).slice(1))).toBeNull();
    expect(forecast([...hoursOf(1, () => 5).slice(1), null])).toBeNull();
    expect(forecast(hoursOf(1, () => 5))).toEqual(hoursOf(1, () => 5));
  });

  test('of one day is that day again', () => {
    expect(forecast(hoursOf(1, shape), { hours: 48 })).toEqual(hoursOf(2, shape));
  });

  test('goes on from the end of the history, whatever hour that is', () => {
    const history = hoursOf(3, shape).slice(0, 60);
    expect(forecast(history, { hours: 5 })).toEqual([12, 13, 14, 15, 16].map(shape));
  });

  test('does not follow an outlier', () => {
    const history = hoursOf(6, (hour, day) => (day === 4 && hour === 12 ? 5000 : shape(hour)));
    expect(forecast(history)).toEqual(hoursOf(1, shape));
  });

  test('tells weekdays apart once there are seven days', () => {
    // Days 0 and 7 are Thursdays, and days 2, 3, 9 and 10 a quiet weekend.
    const quiet = (day: number): boolean => [2, 3].includes(day % 7);
    const value = (hour: number, day: number) => shape(hour) * (quiet(day) ? 0.3 : 1);
    expect(forecast(hoursOf(9, value), { hours: 24 })).toEqual(hoursOf(1, (hour) => value(hour, 9)));
    expect(forecast(hoursOf(11, value), { hours: 24 })).toEqual(hoursOf(1, (hour) => value(hour, 11)));
  });

  test('follows a new level within a day, and a quiet day by no more than a fifth', () => {
    const at = (factor: number) =>
      forecast(hoursOf(6, (hour, day) => shape(hour) * (day === 5 ? factor : 1)))?.[12];
    expect(at(1.5)).toBeCloseTo(150, 5);
    expect(at(0.1)).toBeCloseTo(80, 5);
  });

  test('follows a second quiet day in full, once it knows weekdays', () => {
    const quiet = (from: number) =>
      forecast(hoursOf(10, (hour, day) => shape(hour) * (day >= from ? 0.1 : 1)))?.[12];
    expect(quiet(9)).toBeCloseTo(80, 5);
    expect(quiet(8)).toBeCloseTo(10, 5);
  });

  test('forecasts a higher percentile of like hours where it is asked for', () => {
    const history = hoursOf(6, (_, day) => [100, 120, 110, 120, 100, 110][day] ?? 0);
    const [median = 0] = forecast(history) ?? [];
    const [high = 0] = forecast(history, { percentile: 90 }) ?? [];
    expect(high).toBeGreaterThan(median);
    expect(high).toBeLessThanOrEqual(120);
  });

  test('leaves out what is missing, and takes the nearest hour where one was never seen', () => {
    const history = hoursOf(4, (hour, day) => (hour === 10 || (hour === 3 && day < 3) ? null : shape(hour)));
    expect(forecast(history)).toEqual(hoursOf(1, (hour) => (hour === 10 ? 100 : shape(hour))));
  });

  test('looks back 14 days and no further', () => {
    const old = hoursOf(7, () => 900);
    const recent = hoursOf(14, shape);
    expect(forecast([...old, ...recent])).toEqual(forecast(recent));
  });

  test('is within what like hours have shown, twofold at most, and the same each time', () => {
    const value = fc.oneof(fc.constant(null), fc.double({ min: 0, max: 1000, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 24, maxLength: 400 }), (history) => {
        const made = forecast(history, { hours: 48 });
        if (made === null) return;
        const most = Math.max(...history.map((each) => each ?? 0));
        for (const each of made) {
          expect(each).toBeGreaterThanOrEqual(0);
          expect(each).toBeLessThanOrEqual(2 * most + 1e-9);
        }
        expect(forecast(history, { hours: 48 })).toEqual(made);
      }),
      { numRuns: 50 },
    );
  });
});
