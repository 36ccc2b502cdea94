import { expect, test } from '@jest/globals';
import { type PredictivePolicy, forecastingPolicies, resolveEnvironment } from '@tideline/config';
import { historyLoads } from './history-loads.ts';

/** Half a vCPU a task, and 4.5 ms of CPU a request. */
const loadsBy = (
  metric: PredictivePolicy['metric'],
  requestsPerSecond: readonly (number | null)[],
  model: { overheadCpuMillisecondsPerRequest?: number; idleCpuPercent?: number } = {},
) => {
  const environment = resolveEnvironment({
    preset: 'test',
    compute: { kind: 'fargate', cpuUnits: 512, memoryMiB: 1024 },
    container: { cpuMillisecondsPerRequest: 4.5 },
    scaling: { policies: [{ type: 'predictive', name: 'ahead', metric }] },
  });
  return forecastingPolicies(environment).map((policy) =>
    historyLoads(policy, environment, { ...model, requestsPerSecond }),
  );
};

test('a load of requests is those of a minute, and a missing hour stays missing', () => {
  const metric = {
    kind: 'requests-per-target',
    acrossTargetGroups: false,
    requestsPerTargetPerMinute: 600,
  } as const;
  expect(loadsBy(metric, [10, null, 0])).toEqual([[600, null, 0]]);
});

test('a load of CPU is in percent of one task, with what the tasks that hold the target use without requests', () => {
  const metric = { kind: 'cpu', targetPercent: 50 } as const;
  // With 0.5 ms of overhead, 100 requests a second take half a vCPU, all of one task: two hold 50 %, each 1 % busy by itself.
  expect(loadsBy(metric, [100, 10, null, 0])).toEqual([[102, 11, null, 1]]);
  const measured = { overheadCpuMillisecondsPerRequest: 5.5, idleCpuPercent: 3 };
  expect(loadsBy(metric, [100, 10], measured)).toEqual([[200 + 4 * 3, 20 + 3]]);
});
