import { expect, test } from '@jest/globals';
import { serviceEnvironment } from '@tideline/config/testing';
import type { RunRecord } from '@tideline/evidence';
import { judgedAssumptions } from './judged-assumptions.ts';

const environment = serviceEnvironment({ assumptions: { metricLagSeconds: 0 } });

/** Ten minutes of 200 requests on two tasks, seen by a clock that began 37 s before a minute. */
const scaling = {
  timeline: [0, 620].map((cloudSeconds) => ({ cloudSeconds, desired: 2, running: 2, healthy: 2 })),
  metrics: [
    {
      key: 'AWS/ApplicationELB/RequestCountPerTarget/Sum',
      unit: 'Count',
      periodSeconds: 60,
      datapoints: Array.from({ length: 9 }, (_, index) => ({
        cloudSeconds: 37 + index * 60,
        value: 100,
        running: 2,
      })),
    },
  ],
} as unknown as RunRecord['scaling'];

const messages = (of: RunRecord['scaling']) =>
  Object.fromEntries(judgedAssumptions(environment, of).map(({ code, message }) => [code, message]));

test('an assumption that decides says what the other choice would have decided on the run', () => {
  const { 'TL-ASSUME-SCALE-IN-STEPS': steps, 'TL-ASSUME-METRIC-LAG': lag } = messages(scaling);
  expect(steps).toMatch(
    /scale-in is gradual\. On this run assumptions\.scaleInSteps=proportional would have decided the same\.$/,
  );
  expect(lag).not.toContain('On this run');
});

test('a run of which no metric was seen says only what is assumed', () => {
  expect(messages({ ...scaling, metrics: [] })['TL-ASSUME-SCALE-IN-STEPS']).not.toContain('On this run');
});
