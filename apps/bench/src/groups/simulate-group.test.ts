import { describe, expect, test } from '@jest/globals';
import { simulate } from '@tideline/scaling';
import { monthOfLoad, threePolicyEnvironment } from './simulate-group.ts';

describe('monthOfLoad', () => {
  test('has one rate for each minute, the same ones every time', () => {
    const trace = monthOfLoad(30);
    expect(trace.stepSeconds).toBe(60);
    expect(trace.requestsPerSecond).toHaveLength(43_200);
    expect(monthOfLoad(30)).toEqual(trace);
  });

  test('is busier by day than by night, and on working days than on weekends', () => {
    const { requestsPerSecond } = monthOfLoad(7);
    const mean = (fromMinute: number) => {
      const hour = requestsPerSecond.slice(fromMinute, fromMinute + 60);
      return hour.reduce((sum, rate) => sum + rate, 0) / hour.length;
    };
    const [night, morning, saturdayMorning] = [0, 10 * 60, (5 * 24 + 10) * 60].map(mean);
    expect(morning).toBeGreaterThan(3 * night!);
    expect(saturdayMorning).toBeLessThan(0.7 * morning!);
  });
});

describe('threePolicyEnvironment', () => {
  test('has three target-tracking policies, and scales out and back in with each day', () => {
    const environment = threePolicyEnvironment();
    expect(environment.scaling.policies.map(({ type }) => type)).toEqual(Array(3).fill('target-tracking'));
    const { peakRunning, decisions } = simulate(monthOfLoad(2), environment);
    expect(peakRunning).toBeGreaterThan(5);
    expect(peakRunning).toBeLessThan(environment.capacity.max);
    expect(decisions.some(({ to, from }) => to < from)).toBe(true);
  });
});
