import { expect, test } from '@jest/globals';
import { formatCloudTime, formatWallTime } from './cloud-time.ts';

test.each([
  [0, '00:00'],
  [425.4, '07:05'],
  [3599.6, '1:00:00'],
  [4025, '1:07:05'],
])('%d cloud seconds read %s', (seconds, expected) => {
  expect(formatCloudTime(seconds)).toBe(expected);
});

test.each([
  [46.8, '47 s'],
  [90, '1 min 30 s'],
  [7500, '2 h 5 min'],
])('%d wall seconds read %s', (seconds, expected) => {
  expect(formatWallTime(seconds)).toBe(expected);
});
