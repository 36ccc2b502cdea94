import { describe, expect, test } from '@jest/globals';
import { environmentOn } from '@tideline/config/testing';
import { simulate } from '../src/index.ts';

const assumptions = { metricLagSeconds: 0, taskStartSeconds: { min: 20, max: 20 } };

/** Two tasks; one more in minute 2, and back to one in minute 5. */
const scheduled = environmentOn('fargate', {
  capacity: { min: 1, max: 4, desired: 2 },
  scaling: {
    policies: [
      { type: 'scheduled', name: 'out', schedule: 'at(2026-01-01T00:02:00)', minCapacity: 3 },
      { type: 'scheduled', name: 'in', schedule: 'at(2026-01-01T00:05:00)', minCapacity: 1, maxCapacity: 1 },
    ],
  },
  assumptions,
});

describe('the result of a simulation', () => {
  const trace = { stepSeconds: 120, requestsPerSecond: [5, 0, 7] };

  test('has a point for each change and each sample, and sums up counts and requests', () => {
    const result = simulate(trace, scheduled, {
      ...{ loadStartsAtSeconds: 60, tailSeconds: 60, sampleEverySeconds: 100 },
    });
    const points = result.points.map(({ seconds, desired, running, requestsPerSecond }) => [
      ...[seconds, desired, running, requestsPerSecond],
    ]);
    expect(points).toEqual([
      [0, 2, 2, 0],
      [100, 2, 2, 5],
      [120, 3, 2, 5],
      [140, 3, 3, 5],
      [200, 3, 3, 0],
      [300, 1, 1, 7],
      [400, 1, 1, 7],
      [480, 1, 1, 0],
    ]);
    expect(result).toMatchObject({
      durationSeconds: 480,
      peakRunning: 3,
      finalRunning: 1,
      peakDesired: 3,
      finalDesired: 1,
      taskSeconds: 2 * 140 + 3 * 160 + 180,
      instanceSeconds: 0,
      requests: 120 * 12,
      alarmChanges: [],
    });
    expect(result.decisions.map(({ seconds, policy, from, to }) => [seconds, policy, from, to])).toEqual([
      [120, 'out', 2, 3],
      [300, 'in', 3, 1],
    ]);
  });

  test('has a sample each minute by default, and no more than 1,500 of a long run', () => {
    const seconds = (hours: number) =>
      simulate(
        { stepSeconds: 3600, requestsPerSecond: Array.from({ length: hours }, () => 0) },
        {
          ...scheduled,
          scaling: { ...scheduled.scaling, policies: [] },
        },
      ).points.map((point) => point.seconds);
    expect(seconds(1).slice(0, 3)).toEqual([0, 60, 120]);
    expect(seconds(1)).toHaveLength(61);
    expect(seconds(50).slice(0, 3)).toEqual([0, 120, 240]);
    expect(seconds(50)).toHaveLength(1501);
  });

  test('says when each alarm changed', () => {
    const environment = environmentOn('fargate', {
      capacity: { min: 2, max: 2, desired: 2 },
      scaling: {
        policies: [{ type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 50 } }],
      },
      assumptions,
    });
    const busy = { stepSeconds: 60, requestsPerSecond: [0, 1000, 1000, 1000, 0] };
    const { alarmChanges } = simulate(busy, environment);
    const high = alarmChanges.filter(({ alarm }) => alarm.includes('AlarmHigh'));
    expect(high.map(({ seconds, from, to }) => ({ seconds, from, to }))).toEqual([
      { seconds: 60, from: 'INSUFFICIENT_DATA', to: 'OK' },
      { seconds: 240, from: 'OK', to: 'ALARM' },
      { seconds: 300, from: 'ALARM', to: 'OK' },
    ]);
  });
});

describe('a simulation is refused', () => {
  const steady = { stepSeconds: 60, requestsPerSecond: [1] };

  test.each([NaN, -1, Infinity])('with a step of %d s', (stepSeconds) => {
    expect(() => simulate({ ...steady, stepSeconds }, scheduled)).toThrow(
      `stepSeconds of a load trace must be a positive number of seconds; got ${stepSeconds}`,
    );
  });

  test('with a rate without end, at whatever step', () => {
    const requestsPerSecond = [0, 1, Infinity];
    expect(() => simulate({ ...steady, requestsPerSecond }, scheduled)).toThrow(
      'requestsPerSecond of a load trace must hold finite numbers from 0 up; got Infinity at step 2',
    );
  });

  test.each([
    ['loadStartsAtSeconds', -1],
    ['tailSeconds', Infinity],
    ['tailSeconds', NaN],
  ])('with %s of %d', (name, seconds) => {
    expect(() => simulate(steady, scheduled, { [name]: seconds })).toThrow(
      `${name} of a simulation must be a finite number of seconds from 0 up; got ${seconds}`,
    );
  });

  test.each([-1, NaN])('with a sample every %d s', (sampleEverySeconds) => {
    expect(() => simulate(steady, scheduled, { sampleEverySeconds })).toThrow(
      `sampleEverySeconds of a simulation must be above 0, or Infinity for changes only; got ${sampleEverySeconds}`,
    );
  });
});
