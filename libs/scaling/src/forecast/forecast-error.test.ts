import { expect, test } from '@jest/globals';
import { forecastError } from './forecast-error.ts';

const hour = (actualLoad: number, forecastLoad: number, capacity: readonly [number, number] = [1, 1]) => ({
  ...{ startSeconds: 0, actualLoad, forecastLoad },
  ...{ neededCapacity: capacity[0], forecastCapacity: capacity[1] },
});

test('errors of forecasts are those worked out by hand', () => {
  // |100 - 80| / 100 = 20 %, |50 - 60| / 50 = 20 %, and an hour without load, of which MAPE says nothing.
  const error = forecastError([hour(100, 80, [3, 2]), hour(50, 60, [2, 2]), hour(0, 15, [0, 1])]);
  expect(error).toEqual({
    hours: 3,
    mapePercent: 20,
    wapePercent: 30,
    coveragePercent: (100 * 2) / 3,
  });
});

test('without a load there is no relative error, and without an hour none at all', () => {
  expect(forecastError([hour(0, 0, [0, 0])])).toEqual({
    ...{ hours: 1, mapePercent: null, wapePercent: null, coveragePercent: 100 },
  });
  expect(forecastError([])).toEqual({
    ...{ hours: 0, mapePercent: null, wapePercent: null, coveragePercent: null },
  });
});
