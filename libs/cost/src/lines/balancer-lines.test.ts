import { expect, test } from '@jest/globals';
import { defaultCostAssumptions } from '../cost-assumptions.ts';
import { capacityUnits } from './balancer-lines.ts';

const quiet = { ...defaultCostAssumptions, answerBytes: 0, requestBytes: 0, connectionSeconds: 0 };

test.each([
  ['new connections', { requestsPerConnection: 1 }, 2],
  ['active connections', { requestsPerConnection: 1, connectionSeconds: 120 }, 3],
  ['processed bytes', { requestsPerConnection: 1000, answerBytes: 1e6 }, 180],
] as const)('the %s rule decides with %j', (dimension, over, units) => {
  expect(capacityUnits({ requestsPerSecond: 50 }, { ...quiet, ...over })).toEqual({ dimension, units });
});

test('a balancer that nobody asks uses nothing', () => {
  expect(capacityUnits({ requestsPerSecond: 0 }, defaultCostAssumptions).units).toBe(0);
});
