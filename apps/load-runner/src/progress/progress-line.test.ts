import { describe, expect, test } from '@jest/globals';
import { observationAt, policyWith } from '../../test/observation.ts';
import { type RunMoment, progressLine } from './progress-line.ts';

const moment: RunMoment = {
  profile: 'headline',
  loadSeconds: { elapsed: 75, all: 610 },
  patienceSeconds: null,
  users: 50,
  requestsPerSecond: 374.6,
  sent: 20_000,
  failed: 0,
  observation: null,
};

describe('progress line', () => {
  test('under load it tells the stage, users, rate and failures', () => {
    expect(progressLine(moment)).toBe(
      'headline 1:15 of 10:10 | 50 users, 375 requests/s | 20000 sent, 0 failed',
    );
  });

  test('with an observer it tells tasks, alarms, the last activity and cloud time', () => {
    const observation = observationAt(130, {
      speed: 30,
      service: { desired: 6, running: 2 },
      policies: [policyWith('ALARM', 'OK')],
      activities: [
        { cloudSeconds: 120, from: 2, to: 6, policy: 'requests', cause: 'high', status: 'InProgress' },
        { cloudSeconds: 125, from: 6, to: 6, policy: 'requests', cause: 'max', status: 'NotScaled' },
      ],
    });
    expect(progressLine({ ...moment, observation })).toContain(
      '| tasks 2 running, 2 healthy, 6 desired | in ALARM: requests high | last 2 to 6 at 2:00 | cloud time 2:10 at x30',
    );
  });

  test('after the load it tells what is waited for, and for how long at most', () => {
    const waiting = { ...moment, loadSeconds: null, patienceSeconds: 600 };
    expect(progressLine(waiting)).toBe(
      'load is over, waiting for scale-in, at most 10:00 more | 20000 requests, 0 failed',
    );
    expect(progressLine({ ...waiting, patienceSeconds: null })).toContain('load is over, last answers');
  });
});
