import { expect, test } from '@jest/globals';
import { formatObjective, parseObjective } from './objective.ts';
import { requestsToJudge, stepSeconds } from './step-length.ts';

test.each([
  ['p99=50ms,errors=0.1%', { latencyPercentile: 99, latencyMilliseconds: 50, failedPercent: 0.1 }],
  ['p95=1.5s', { latencyPercentile: 95, latencyMilliseconds: 1500, failedPercent: 0.1 }],
  ['errors=0%, p99.9=200ms', { latencyPercentile: 99.9, latencyMilliseconds: 200, failedPercent: 0 }],
])('%s is an objective', (text, objective) => {
  expect(parseObjective(text)).toEqual(objective);
  expect(parseObjective(formatObjective(objective))).toEqual(objective);
});

test.each([
  ['', /is neither a percentile nor errors/],
  ['errors=1%', /names no percentile/],
  ['p99=50', /"p99=50" is neither/],
  ['p99=50ms,p95=20ms', /names two percentiles/],
  ['p99=50ms,errors=1%,errors=2%', /names errors twice/],
  ['p100=50ms', /no percentile between 0 and 100/],
  ['p99=0ms', /a latency of 0 holds nowhere/],
  ['p99=50ms,errors=100%', /hold everywhere/],
  ['p99=-5ms', /is neither/],
])('%j is refused with the form', (text, why) => {
  expect(() => parseObjective(text)).toThrow(why);
  expect(() => parseObjective(text)).toThrow(/^TL-CAPACITY-SLO .*p99=50ms,errors=0\.1%$/);
});

test('a step has ten requests beyond its percentile, within 4 and 40 seconds', () => {
  expect([50, 95, 99, 99.9].map((latencyPercentile) => requestsToJudge({ latencyPercentile }))).toEqual([
    20, 200, 1000, 10_000,
  ]);
  expect([1, 100, 1000].map((rate) => stepSeconds(rate, { latencyPercentile: 99 }))).toEqual([40, 10, 4]);
  expect(stepSeconds(50, { latencyPercentile: 99 }, 'climb')).toBe(6);
});
