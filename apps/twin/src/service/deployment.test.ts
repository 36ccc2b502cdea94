import { describe, expect, test } from '@jest/globals';
import { circuitBreakerThreshold, fewestHealthy, mostActive, startBackoffSeconds } from './deployment.ts';

describe('limits of a rolling deployment, as the ECS guide works them out', () => {
  test('75 % of 2 is rounded up: none can stop', () => {
    expect(fewestHealthy(2, 75)).toBe(2);
  });

  test('125 % of 3 is rounded down: none can start', () => {
    expect(mostActive(3, 125)).toBe(3);
  });

  test('the defaults keep desired healthy and allow twice as many', () => {
    expect(fewestHealthy(6, 100)).toBe(6);
    expect(mostActive(6, 200)).toBe(12);
  });
});

describe('circuitBreakerThreshold', () => {
  test.each([
    [1, 3],
    [2, 3],
    [6, 3],
    [7, 4],
    [25, 13],
    [400, 200],
    [5000, 200],
  ])('desired %i opens it at %i failures', (desired, threshold) => {
    expect(circuitBreakerThreshold(desired)).toBe(threshold);
  });
});

describe('startBackoffSeconds', () => {
  test('doubles from 10 s to 15 minutes', () => {
    expect([0, 1, 2, 3, 7, 8, 50].map(startBackoffSeconds)).toEqual([0, 10, 20, 40, 640, 900, 900]);
  });
});
