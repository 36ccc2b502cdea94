import { describe, expect, test } from '@jest/globals';
import { presetInput, resolveEnvironment } from '@tideline/config';
import { observedRecord } from '../../test/observed-record.ts';
import { measuredElasticity } from './measured-elasticity.ts';

const record = observedRecord([]);
const environment = resolveEnvironment(presetInput('fargate-alb'));
const tracking = {
  ...record,
  scaling: {
    ...record.scaling,
    policies: [
      {
        name: 'requests',
        metricKey: 'AWS/ApplicationELB/RequestCountPerTarget/Sum',
        target: 240,
        alarms: [],
      },
    ],
  },
};

describe('elasticity of a run', () => {
  test('is worked out with the capacity that was given', () => {
    const capacity = { requestsPerSecond: 4, source: 'given' } as const;
    const measured = measuredElasticity(record, { capacity, environment });
    // 10 requests/s ask for three tasks of 4, and there are two.
    expect(measured?.elasticity).toMatchObject({
      fromSeconds: 120,
      toSeconds: 600,
      unitRequestsPerSecond: 4,
      capacitySource: 'given',
      underProvisioning: { timePercent: 100, meanUnits: 1 },
      overProvisioning: { timePercent: 0 },
      aboveCapacity: { requests: 960, percent: 20, longestSeconds: 480 },
    });
    expect(measured?.elasticity.unitHourUsd).toBeGreaterThan(0);
    expect(measured?.assumptions).toEqual([]);
  });

  test('takes the target of a policy for the capacity, and says so', () => {
    const measured = measuredElasticity(tracking, { capacity: null, environment: null });
    expect(measured?.elasticity).toMatchObject({ unitRequestsPerSecond: 4, capacitySource: 'target' });
    expect(measured?.elasticity).not.toHaveProperty('unitHourUsd');
    expect(measured?.assumptions).toEqual([
      { code: 'TL-RUN-UNIT-CAPACITY', message: expect.stringContaining('one task carries 4 requests/s') },
    ]);
  });

  test('is not there without a capacity, or without anybody who watched', () => {
    expect(measuredElasticity(record, { capacity: null, environment })).toBeUndefined();
    const unwatched = { ...tracking, scaling: { ...tracking.scaling, timeline: [] } };
    expect(measuredElasticity(unwatched, { capacity: null, environment })).toBeUndefined();
  });
});
