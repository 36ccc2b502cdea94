import { expect, test } from '@jest/globals';
import { type EnvironmentInput, resolveEnvironment } from '@tideline/config';
import { metricLagSeconds } from './metric-lag.ts';

const environment = (rest: Partial<EnvironmentInput>) =>
  resolveEnvironment({ preset: 'test', compute: { kind: 'fargate' }, ...rest });

test('metrics that stay at 60 s keep the long lag when monitoring is at 20 s', () => {
  const fast = environment({ monitoring: { resolutionSeconds: 20 } });
  expect(metricLagSeconds(fast, 20)).toBe(22.5);
  expect(metricLagSeconds(fast, 60)).toBe(168);
  expect(metricLagSeconds(environment({}), 60)).toBe(168);
  expect(metricLagSeconds(environment({}), 20)).toBe(22.5);
});

test('a lag that is set applies to every metric', () => {
  const set = environment({
    monitoring: { resolutionSeconds: 20 },
    assumptions: { metricLagSeconds: 5 },
  });
  expect(metricLagSeconds(set, 20)).toBe(5);
  expect(metricLagSeconds(set, 60)).toBe(5);
});
