import { expect, test } from '@jest/globals';
import { releaseRun } from '../release-run.ts';

test('a release that never becomes healthy is rolled back, and costs no request', async () => {
  const { exitCode, record } = await releaseRun(
    ...['--fault', 'never-healthy', '--set', 'release.healthyWithinMinutes=3'],
  );
  expect(record.checks.filter(({ passed }) => !passed)).toEqual([]);
  expect(exitCode).toBe(0);
  expect(record.deployment).toMatchObject({ status: 'Failed', error: { code: 'TIMEOUT' } });
  expect(record.clients.failed).toBe(0);
  expect(record.intervals.flatMap(({ traffic }) => traffic['2']?.requests ?? 0)).toEqual([0]);
});

/** Ten minutes of a canary: its alarm has ten chances to see a share of failures that is one by chance. */
const canary = ['--shift', 'canary', '--set', 'release.shift.intervalMinutes=10'];

test.each([
  ['answers errors to', 'errors-10', '500'],
  ['resets the connections of', 'resets-10', '502'],
])(
  'a canary that %s 10 percent of its requests is caught by its alarm, and the report says what it cost',
  async (_, fault, outcome) => {
    const { exitCode, record, report } = await releaseRun('--fault', fault, ...canary);
    expect(record.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(exitCode).toBe(0);
    expect(record.deployment).toMatchObject({ status: 'Failed', error: { code: 'ALARM_ACTIVE' } });
    expect(record.deployment.error?.message).toContain('release-errors');
    expect(record.intervals.map(({ percent }) => percent)).toEqual([0, 10, 0]);
    // A tenth of a tenth of the requests, for the ten minutes of a canary at most.
    expect(record.clients.failed).toBeGreaterThan(0);
    expect(record.clients.byOutcome[outcome]).toBe(record.clients.failed);
    expect(record.clients.failed / record.clients.requests).toBeLessThan(0.05);
    expect(report).toContain(`${record.clients.failed} of`);
  },
);

test('a canary that has become slow is caught by its alarm, and costs no request', async () => {
  const { exitCode, record } = await releaseRun('--fault', 'slow', '--shift', 'canary');
  expect(record.checks.filter(({ passed }) => !passed)).toEqual([]);
  expect(exitCode).toBe(0);
  expect(record.deployment.error?.message).toContain('release-latency');
});
