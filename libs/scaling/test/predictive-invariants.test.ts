import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { simulate } from '../src/index.ts';
import { predict, predicted, track } from './forecasts.ts';

const rates = (hours: number) =>
  fc.array(fc.double({ min: 0, max: 600, noNaN: true }), { minLength: hours, maxLength: hours });
const trace = (requestsPerSecond: readonly number[]) => ({ stepSeconds: 3600, requestsPerSecond });
const buffer = fc.integer({ min: 0, max: 3600 });
const runs = { numRuns: 25 };

describe('whatever the load and the history', () => {
  test('a predictive policy never scales in, nor above the maximum that it honours', () => {
    fc.assert(
      fc.property(rates(30), rates(30), buffer, (history, load, schedulingBufferTimeSeconds) => {
        const environment = predicted([track, predict({ schedulingBufferTimeSeconds })]);
        const { decisions, points } = simulate(trace(load), environment, { history: trace(history) });
        expect(decisions.filter(({ policy, from, to }) => policy === 'ahead' && to <= from)).toEqual([]);
        expect(points.filter(({ desired }) => desired > 40)).toEqual([]);
      }),
      runs,
    );
  });

  test('alone it only ever adds', () => {
    fc.assert(
      fc.property(rates(30), rates(12), (history, load) => {
        const { points } = simulate(trace(load), predicted([predict()]), { history: trace(history) });
        const removed = points.filter(({ desired }, index) => desired < (points[index - 1]?.desired ?? 0));
        expect(removed).toEqual([]);
      }),
      runs,
    );
  });

  test('no hour has less than its forecast, as far as the maximum allows', () => {
    fc.assert(
      fc.property(rates(30), rates(8), (history, load) => {
        const { points, forecasts } = simulate(trace(load), predicted([track, predict()]), {
          history: trace(history),
        });
        const [first] = forecasts?.[0]?.made ?? [];
        const needed = (seconds: number): number =>
          Math.min(40, first?.capacity[Math.floor(seconds / 3600)] ?? 0);
        const hours = points.filter(({ seconds }) => seconds < 5 * 3600);
        expect(hours.filter(({ seconds, desired }) => desired < needed(seconds))).toEqual([]);
      }),
      runs,
    );
  });

  test('ForecastOnly changes nothing', () => {
    fc.assert(
      fc.property(rates(30), rates(30), (history, load) => {
        const only = predict({ mode: 'ForecastOnly' });
        const { forecasts, ...shown } = simulate(trace(load), predicted([track, only]), {
          history: trace(history),
        });
        expect(shown).toEqual(simulate(trace(load), predicted([track])));
        expect(forecasts?.[0]?.made.length).toBeGreaterThan(0);
      }),
      runs,
    );
  });
});
