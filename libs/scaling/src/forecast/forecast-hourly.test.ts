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
    const atSeven = new Date('2026-01-01T07:00:00Z');
    expect(forecastHourly({ history: hoursOf(1, shape), startedAt: atSeven, hours: 24 })).toEqual(
      hoursOf(1, shape),
    );
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
    expect(high).toBeLessThan(125);
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

  test('keeps to the calendar when it leaves out the oldest hours', () => {
    const hoursBefore = 5;
    const recent = hoursOf(14, (hour, day) => shape(hour) * ([2, 3].includes(day % 7) ? 0.3 : 1));
    const history = [...Array.from({ length: hoursBefore }, () => 0), ...recent];
    const firstAt = new Date(startedAt.getTime() - hoursBefore * 3_600_000);
    const week = forecast(recent, { hours: 7 * 24 });
    expect(week).toEqual(recent.slice(0, 7 * 24));
    expect(forecastHourly({ history, startedAt: firstAt, hours: 7 * 24 })).toEqual(week);
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

/** No hour of a silent last day says anything of its level, which is then that of the days before. */
const silent = (day: number, last: number, value: number): number | null => (day === last ? null : value);

describe('a percentile of like hours', () => {
  const valueOf = (day: number): number => 100 + ((5 * day) % 14);
  /** Fourteen days that are all alike; of the last, five hours say too little of its level. */
  const history = hoursOf(14, (hour, day) => (day === 13 && hour % 5 !== 2 ? null : valueOf(day)));

  /** A day weighs half as much as one seven days newer, the same weekday twice as much. */
  const seenAt = (hour: number, forDay: number) =>
    Array.from({ length: 14 }, (_, day) => ({
      value: valueOf(day),
      weight: 0.5 ** ((13 - day) / 7) * (day % 7 === forDay % 7 ? 2 : 1),
    })).filter((_, day) => history[24 * day + hour] !== null);

  /** Where each value is: halfway through its weight, as a share of all weight. */
  const placesOf = (seen: ReturnType<typeof seenAt>) => {
    const sorted = seen.toSorted((one, other) => one.value - other.value);
    const sumOf = (items: typeof seen) => items.reduce((sum, { weight }) => sum + weight, 0);
    return sorted.map(({ value, weight }, index) => ({
      value,
      share: (sumOf(sorted.slice(0, index)) + weight / 2) / sumOf(sorted),
    }));
  };

  test.each([0, 2, 12, 22, 23])('at hour %i is at its share of the weight, linear in between', (hour) => {
    for (const forDay of [14, 15]) {
      const places = placesOf(seenAt(hour, forDay));
      const percentile = (share: number) =>
        forecast(history, { hours: 48, percentile: 100 * share })?.[24 * (forDay - 14) + hour];
      for (const [index, { value, share }] of places.entries()) {
        expect(percentile(share)).toBeCloseTo(value, 9);
        const next = places[index + 1];
        if (next !== undefined)
          expect(percentile(share + (next.share - share) / 4)).toBeCloseTo(
            value + (next.value - value) / 4,
            9,
          );
      }
      expect(percentile(0)).toBe(places.at(0)?.value);
      expect(percentile(1)).toBe(places.at(-1)?.value);
    }
  });

  test('is that of the nearest hours where an hour was never seen, of both where both are as near', () => {
    const missing = [10, 11, 20];
    const days = hoursOf(2, (hour, day) =>
      (day === 0 ? missing.includes(hour) : hour > 2) ? null : 10 * hour,
    );
    const made = forecast(days) ?? [];
    expect([9, 10, 11, 12].map((hour) => made[hour])).toEqual([90, 90, 120, 120]);
    expect(made[20]).toBeCloseTo(200, 9);
  });
});

describe('the level of the last 24 hours', () => {
  test('says nothing where fewer than 24 hours came before them', () => {
    expect(forecast([...Array.from({ length: 6 }, () => 10), ...hoursOf(1, () => 100)])?.[0]).toBe(100);
    const days = hoursOf(2, (hour, day) => (day === 0 ? 100 : hour === 0 ? null : 150));
    expect(forecast(days)?.[0]).toBe(150);
  });

  test.each([
    [5, 100],
    [6, 150],
  ])('of %i known hours makes 100 into %i: six must say something', (known, expected) => {
    const days = hoursOf(3, (hour, day) => (day < 2 ? 100 : hour >= 1 && hour <= known ? 150 : null));
    expect(forecast(days)?.[0]).toBe(expected);
  });

  test('leaves out hours of which nothing was expected', () => {
    const busy = (hour: number) => hour >= 14;
    const days = hoursOf(3, (hour, day) => {
      if (day < 2) return busy(hour) ? 100 : 0;
      return hour === 23 ? null : busy(hour) ? 150 : 1;
    });
    expect(forecast(days)?.[23]).toBe(150);
  });
});

describe('like weekdays', () => {
  const quiet = (day: number): boolean => [2, 3].includes(day % 7);

  test('count from seven days of known hours on', () => {
    const days = hoursOf(8, (_, day) => silent(day, 7, quiet(day) ? 30 : 100));
    // From a Friday on; the day after is the Saturday.
    expect(forecast(days, { hours: 48 })).toEqual(hoursOf(2, (_, day) => (day === 1 ? 30 : 100)));
    const oneLess = [null, ...days.slice(1)];
    expect(forecast(oneLess, { hours: 48 })).toEqual(hoursOf(2, () => 100));
  });

  test('give way to all days for an hour that none of them has', () => {
    const days = hoursOf(9, (hour, day) =>
      quiet(day) && hour === 10 ? null : silent(day, 8, quiet(day) ? 30 : 100),
    );
    expect(forecast(days)).toEqual(hoursOf(1, (hour) => (hour === 10 ? 100 : 30)));
  });

  test('are known from one week where the next is missing', () => {
    const days = hoursOf(14, (_, day) => (day < 7 ? (quiet(day) ? 30 : 100) : null));
    expect(forecast(days, { hours: 72 })).toEqual(hoursOf(3, (_, day) => (day === 2 ? 30 : 100)));
  });

  test('are told by the lower of two weeks, whichever has a spike', () => {
    for (const spike of [1, 8]) {
      const days = hoursOf(14, (_, day) => silent(day, 13, day === spike ? 500 : 100));
      expect(forecast(days, { hours: 48 })).toEqual(hoursOf(2, () => 100));
    }
  });

  /** Forecast of a Friday whose values are these, after a Thursday of tens, with every other day far away. */
  const friday = (value: number, neverSeen: readonly (readonly [day: number, hour: number])[] = []) => {
    const known = (hour: number, day: number) => {
      if (neverSeen.some(([onDay, atHour]) => onDay === day % 7 && atHour === hour)) return null;
      return [10, value][day % 7] ?? 5000;
    };
    return forecast(hoursOf(8, (hour, day) => (day === 7 && hour > 3 ? null : known(hour, day))))?.[6];
  };

  test('differ by at most 30 % of the larger values', () => {
    expect(friday(6.9)).toBe(6.9);
    expect(friday(7)).toBeGreaterThan(7);
    expect(friday(7)).toBeLessThan(10);
  });

  test('are compared by the hours that both have', () => {
    expect(friday(9)).toBeGreaterThan(9);
    expect(friday(9, [[0, 5]])).toBeGreaterThan(9);
    expect(friday(9, [[1, 5]])).toBeGreaterThan(9);
  });
});
