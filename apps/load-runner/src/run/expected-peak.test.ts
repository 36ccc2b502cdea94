import { describe, expect, test } from '@jest/globals';
import {
  type EnvironmentInput,
  loadProfile,
  presetInput,
  resolveEnvironment,
  resolveLoadProfile,
} from '@tideline/config';
import { expectedPeak, loadTrace } from './expected-peak.ts';

const environment = (preset: string, changes: Partial<EnvironmentInput> = {}) =>
  resolveEnvironment({ ...presetInput(preset), ...changes });

describe('expected peak', () => {
  test('request counts decide exactly: the headline load needs the six tasks of load-driven', () => {
    expect(expectedPeak(environment('load-driven'), loadProfile('headline'))).toEqual({
      atLeast: 6,
      atMost: 6,
    });
  });

  test('CPU gives a lower bound: at least one task more than the minimum', () => {
    expect(expectedPeak(environment('fargate-alb'), loadProfile('steady'))).toEqual({
      atLeast: 3,
      atMost: 6,
    });
  });

  test('with what an earlier run measured, CPU gives the simulated peak, give or take one', () => {
    const cheap = { overheadCpuMillisecondsPerRequest: -8, idleCpuPercent: 2 };
    const dear = { overheadCpuMillisecondsPerRequest: 4, idleCpuPercent: 2 };
    const peak = (calibration: typeof cheap) =>
      expectedPeak(environment('fargate-alb'), loadProfile('steady'), calibration);
    // 25 requests/s of 12 ms are 62 % of two tasks: 3. Of 24 ms they take all CPU: 4, and then 5.
    expect(peak(cheap)).toEqual({ atLeast: 2, atMost: 4 });
    expect(peak(dear)).toEqual({ atLeast: 4, atMost: 6 });
  });

  test('a closed loop asks for no rate, so nothing is expected of it', () => {
    expect(expectedPeak(environment('load-driven'), loadProfile('flash'))).toBeNull();
  });

  test('what the description expects of its own profile counts, as far as it can run', () => {
    const sale = environment('flash-sale');
    expect(expectedPeak(sale, loadProfile('flash'))).toEqual({ atLeast: 3, atMost: 3 });
    expect(expectedPeak(sale, loadProfile('steady'))).not.toEqual({ atLeast: 3, atMost: 3 });
    const small = environment('flash-sale', { capacity: { min: 1, max: 2, desired: 1 } });
    expect(expectedPeak(small, loadProfile('flash'))).toEqual({ atLeast: 2, atMost: 2 });
  });

  test('a metric that only measurement can tell is not predicted', () => {
    const policies: NonNullable<EnvironmentInput['scaling']>['policies'] = [
      { type: 'target-tracking', name: 'slow', metric: { kind: 'response-time', targetMilliseconds: 100 } },
    ];
    expect(
      expectedPeak(environment('load-driven', { scaling: { policies } }), loadProfile('headline')),
    ).toBeNull();
  });
});

describe('load trace', () => {
  test('it rises with the ramp, holds, and ends in quiet', () => {
    const stages = [{ users: 10, usersPerSecond: 1, holdSeconds: 20, requestsPerSecond: 100 }];
    const { stepSeconds, requestsPerSecond } = loadTrace(
      resolveLoadProfile({ name: 'test', stages, endpoints: [{ path: '/' }] }),
    );
    expect(stepSeconds).toBe(5);
    expect(requestsPerSecond.slice(0, 7)).toEqual([30, 80, 100, 100, 100, 100, 0]);
    expect(requestsPerSecond).toHaveLength(6 + 120);
  });
});
