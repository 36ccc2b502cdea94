import { expect, test } from '@jest/globals';
import { releaseRun } from '../release-run.ts';

test('a canary that has become slow is caught by its alarm, and costs no request', async () => {
  const { exitCode, record } = await releaseRun('--fault', 'slow', '--shift', 'canary');
  expect(record.checks.filter(({ passed }) => !passed)).toEqual([]);
  expect(exitCode).toBe(0);
  expect(record.deployment.error?.message).toContain('release-latency');
});
