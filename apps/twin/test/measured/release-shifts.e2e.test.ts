import { expect, test } from '@jest/globals';
import { releaseRun } from '../release-run.ts';

/** Shares are checked by Chernoff’s bound: each check raises a false alarm at most once in a million runs. */
test.each([
  ['all-at-once', [], [0, 100]],
  ['canary', ['--set', 'release.shift.percent=20', '--set', 'release.shift.intervalMinutes=4'], [0, 20, 100]],
  [
    'linear',
    ['--set', 'release.shift.percent=40', '--set', 'release.shift.intervalMinutes=2'],
    [0, 40, 80, 100],
  ],
] as const)(
  'a good release by %s under load loses no request, and both versions get their shares',
  async (shift, settings, shares) => {
    const { exitCode, record } = await releaseRun('--shift', shift, ...settings);
    expect(record.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(exitCode).toBe(0);
    expect(record.deployment.status).toBe('Succeeded');
    expect(record.clients.failed).toBe(0);
    expect(record.clients.requests).toBeGreaterThan(500);
    expect(record.intervals.map(({ percent }) => percent)).toEqual(shares);
  },
);
