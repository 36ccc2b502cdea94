import { describe, expect, test } from '@jest/globals';
import { predict, predicted } from '../../test/forecasts.ts';
import { planScaling } from '../plan/plan-scaling.ts';
import { PolicyForecaster, forecastOf } from './policy-forecaster.ts';

const hour = 3600;
const lag = 168;
const buffer = 300;

/** Forecasts requests, after so many hours of history. */
function forecasterAfter(history: readonly (number | null)[], startsAt = '2026-01-01T00:00:00Z') {
  const [planned] = planScaling(predicted([predict({ schedulingBufferTimeSeconds: buffer })]), {
    startedAt: new Date(startsAt),
  }).predictive;
  const forecaster = new PolicyForecaster(planned!, history);
  const recordMinutes = (fromSeconds: number, minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1)
      forecaster.record({ startSeconds: fromSeconds + minute * 60, value: 600, running: 1 }, 1);
  };
  return { forecaster, recordMinutes };
}

const hours = (count: number) => Array.from({ length: count }, () => 600);

describe('a forecaster', () => {
  test('forecasts as soon as 24 hours are known, be it with the first question', () => {
    const { forecaster, recordMinutes } = forecasterAfter(hours(23));
    recordMinutes(0, 60);
    expect(forecaster.at(hour + lag)).toMatchObject({ fromSeconds: hour, madeAtSeconds: hour + lag });
  });

  test('takes in the hour that second 0 is in only where it is a whole one', () => {
    const { forecaster, recordMinutes } = forecasterAfter(hours(23), '2026-01-01T10:20:00Z');
    recordMinutes(0, 100);
    expect(forecaster.at(40 * 60 + lag)).toBeNull();
    expect(forecaster.at(100 * 60 + lag)).toMatchObject({ fromSeconds: 100 * 60 });
  });

  test('keeps to the weekdays of the calendar, wherever in the week it begins', () => {
    // From Thursday 1 January until Friday the 9th at ten; the 3rd and the 4th are a weekend, of two days that are alike.
    const load = (place: number) => [1000, 1000, 300, 330][Math.floor(place / 24) % 7] ?? 1000;
    const history = Array.from({ length: 8 * 24 + 10 }, (_, place) => load(place));
    const { forecaster } = forecasterAfter(history, '2026-01-09T10:20:00Z');
    const made = forecaster.at(0)?.load ?? [];
    expect(made.slice(0, 14)).toEqual(Array.from({ length: 14 }, () => 1000));
    for (const weekend of made.slice(14)) {
      expect(weekend).toBeGreaterThan(300);
      expect(weekend).toBeLessThan(330);
    }
  });
});

describe('the hours of an error', () => {
  test('are those that were forecast and have datapoints', () => {
    const { forecaster, recordMinutes } = forecasterAfter(hours(24));
    forecaster.at(0);
    recordMinutes(0, 120);
    recordMinutes(3 * hour, 60);
    // Hour 0 was forecast too late for its capacity, hour 2 has no datapoint.
    expect(forecaster.report(4 * hour).error).toMatchObject({ hours: 2, mapePercent: 0 });
    expect(forecaster.report(4 * hour - 1).error.hours).toBe(1);
  });

  test.each([
    [hour - buffer, 1],
    [hour - buffer + 1, 0],
  ])('with a forecast made at %i s are %i: it must be there when capacity is launched', (madeAt, counted) => {
    const { forecaster, recordMinutes } = forecasterAfter(hours(24));
    forecaster.at(madeAt);
    recordMinutes(hour, 60);
    expect(forecaster.report(2 * hour).error.hours).toBe(counted);
  });
});

test('a forecast says nothing of hours before its first and after its last', () => {
  const forecast = { madeAtSeconds: 0, fromSeconds: hour, load: [600, 1200], capacity: [1, 2] };
  expect([0, 1, 2, 3].map((place) => forecastOf(forecast, place * hour))).toEqual([
    undefined,
    { load: 600, capacity: 1 },
    { load: 1200, capacity: 2 },
    undefined,
  ]);
});
