import { expect, test } from '@jest/globals';
import { isRunning, markOf } from './process-mark.ts';

/** No system gives a process so high a number. */
const noPid = 2 ** 30;

test('a process that runs is told from one that never did, and from an earlier one of its number', () => {
  const self = markOf(process.pid);
  expect(isRunning(self)).toBe(true);
  expect(isRunning({ pid: noPid })).toBe(false);
  expect(isRunning({ ...self, startTicks: 'earlier' })).toBe(self.startTicks === undefined);
});
