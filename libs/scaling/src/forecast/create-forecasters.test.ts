import { expect, test } from '@jest/globals';
import { predict, predicted } from '../../test/forecasts.ts';
import { planScaling } from '../plan/plan-scaling.ts';
import { createForecasters, hourlyRates } from './create-forecasters.ts';

/** Steps of ten minutes, each with its place as its rate. */
const trace = { stepSeconds: 600, requestsPerSecond: Array.from({ length: 20 }, (_, step) => step) };
const close = (rates: readonly number[]) => rates.map((rate): unknown => expect.closeTo(rate, 9));

test('the rate of an hour is the average of its steps, and only whole hours count', () => {
  // The first hour ends after eight steps, where the last one ends with the trace.
  expect(hourlyRates(trace, 0)).toEqual(close([4.5, 10.5, 16.5]));
  // Where the last hour ends two steps earlier, three hours begin with the trace.
  expect(hourlyRates(trace, -1200)).toEqual(close([2.5, 8.5, 14.5]));
  expect(hourlyRates({ ...trace, requestsPerSecond: [1, 2, 3] }, 0)).toEqual([]);
});

test('a step that goes on into the next hour counts in both', () => {
  expect(hourlyRates({ stepSeconds: 5400, requestsPerSecond: [10, 40] }, 0)).toEqual(close([10, 25, 40]));
});

test('each predictive policy has a forecaster, and a plan without one has none', () => {
  const two = predicted([predict(), predict({ name: 'busy', mode: 'ForecastOnly' })]);
  expect(createForecasters(planScaling(two), two).map(({ name }) => name)).toEqual(['ahead', 'busy']);
  const none = predicted([]);
  expect(createForecasters(planScaling(none), none)).toEqual([]);
});
