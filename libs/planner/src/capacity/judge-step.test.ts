import { expect, test } from '@jest/globals';
import { judgeStep } from './judge-step.ts';

const objective = { latencyPercentile: 99, latencyMilliseconds: 50, failedPercent: 0.1 };
const limits = { objective, highestCpuPercent: 100, isCpuShareEnforced: false };
const fine = {
  requestsPerSecond: 100,
  sentRequestsPerSecond: 100,
  seconds: 10,
  requests: 1000,
  latencyMilliseconds: 50,
  failedPercent: 0.1,
  failures: {},
  cpuPercent: 60,
  machineCpuPercent: 50,
  generatorLimited: false,
};

test.each([
  ['held', 'at both limits', {}],
  ['latency', 'above the latency', { latencyMilliseconds: 50.1 }],
  ['latency', 'that could not be sent because the target held the users up', { sentRequestsPerSecond: 94 }],
  ['errors', 'with more failures, however slow', { failedPercent: 0.2, latencyMilliseconds: 500 }],
  ['generator', 'of a slow generator, whatever else', { generatorLimited: true, failedPercent: 50 }],
  ['cpu-share', 'that takes all of its share', { cpuPercent: 100 }],
  [
    'machine',
    'slow on a full machine with CPU left in the unit',
    { latencyMilliseconds: 60, machineCpuPercent: 96 },
  ],
  [
    'latency',
    'slow on a full machine that the unit fills',
    { latencyMilliseconds: 60, machineCpuPercent: 96, cpuPercent: 95 },
  ],
  [
    'latency',
    'slow on a full machine where nobody measures the unit',
    { latencyMilliseconds: 60, machineCpuPercent: 96, cpuPercent: null },
  ],
  ['held', 'fast on a full machine', { machineCpuPercent: 100 }],
] as const)('%s: a step %s', (verdict, _, difference) => {
  expect(judgeStep({ ...fine, ...difference }, limits)).toBe(verdict);
});

test('a unit that is held to its share may use all of it', () => {
  expect(judgeStep({ ...fine, cpuPercent: 100 }, { ...limits, isCpuShareEnforced: true })).toBe('held');
});
