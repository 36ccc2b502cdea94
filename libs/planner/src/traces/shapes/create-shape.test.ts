import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createShape, shapeNames } from './create-shape.ts';

const periodic = ['daily', 'weekly', 'flash-crowd', 'on-off'];

test.each(shapeNames)('%s: the same seed gives the same rates, all of them from 0 up', (name) => {
  const trace = createShape(name, { seed: 7 });
  expect(createShape(name, { seed: 7 })).toEqual(trace);
  expect(trace.requestsPerSecond.every((rate) => rate >= 0 && Number.isFinite(rate))).toBe(true);
  expect(trace.requestsPerSecond).toHaveLength((periodic.includes(name) ? 14 : 1) * 1440);
});

test('the seed decides the noise of weekly and the crowds of flash-crowd', () => {
  for (const name of ['weekly', 'flash-crowd'])
    expect(createShape(name, { seed: 1 }).requestsPerSecond).not.toEqual(
      createShape(name, { seed: 2 }).requestsPerSecond,
    );
});

test('rates lie between low and high, where there is no noise', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('step', 'ramp', 'spike', 'daily', 'on-off'),
      fc.double({ min: 0, max: 1000, noNaN: true }),
      fc.double({ min: 0, max: 1000, noNaN: true }),
      (name, low, more) => {
        const parameters = { low, high: low + more, days: 2 };
        const rates = createShape(name, { parameters }).requestsPerSecond;
        expect(Math.min(...rates)).toBeGreaterThanOrEqual(low - 1e-9);
        expect(Math.max(...rates)).toBeLessThanOrEqual(low + more + 1e-9);
      },
    ),
    { numRuns: 30 },
  );
});

test('weekly has quiet weekends, and noise of the size that is asked for', () => {
  const calm = createShape('weekly', { parameters: { noisePercent: 0 } }).requestsPerSecond;
  const noisy = createShape('weekly', { parameters: { noisePercent: 10 } }).requestsPerSecond;
  const peak = (day: number): number => Math.max(...calm.slice(day * 1440, (day + 1) * 1440));
  expect(peak(0)).toBeCloseTo(100, 0);
  expect(peak(5)).toBeCloseTo(45, 0);
  const deviations = noisy.map((rate, index) => rate / (calm[index] ?? 1) - 1);
  const variance = deviations.reduce((sum, deviation) => sum + deviation ** 2, 0) / deviations.length;
  expect(Math.sqrt(variance)).toBeCloseTo(0.1, 2);
});

test('every day of flash-crowd has one crowd', () => {
  const rates = createShape('flash-crowd', { seed: 3 }).requestsPerSecond;
  for (let day = 0; day < 13; day++)
    expect(Math.max(...rates.slice(day * 1440, (day + 1) * 1440 + 10))).toBeGreaterThan(150);
});

test.each([
  ['dayly', {}, 'no shape "dayly"; did you mean "daily"?'],
  ['ramp', { hihg: 1 }, 'did you mean high?'],
  ['ramp', { days: 1e6 }, 'got days=1000000 (length, days); allowed are numbers from 0.001 to 400'],
  ['constant', { days: 400, stepSeconds: 1 }, 'TL-TRACE-LENGTH'],
])('%s with %j is refused', (name, parameters, message) => {
  expect(() => createShape(name, { parameters: parameters })).toThrow(message);
});
