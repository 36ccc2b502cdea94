import { expect, test } from '@jest/globals';
import { sessionsKept } from './sessions-kept.ts';

const kept = { sessions: 10, views: 12_000, lists: 4000, files: 4000, wrong: 0 };

test('sessions that held all that was put pass, and the check says how much was compared', () => {
  expect(sessionsKept(kept)).toEqual({
    name: 'sessions-kept',
    passed: true,
    observed: '12,000 views, 4,000 task lists and 4,000 files of 10 sessions compared, all of them right',
    expected:
      'each view is one more than the last, each list and each file as it was put, at the end of the run too',
  });
});

test('one wrong answer fails the run, and is told', () => {
  const firstWrong = 'session 4: view 17 where 18 comes next';
  expect(sessionsKept({ ...kept, wrong: 1, firstWrong })).toMatchObject({
    passed: false,
    observed: `12,000 views, 4,000 task lists and 4,000 files of 10 sessions compared, 1 of them wrong; the first: ${firstWrong}`,
  });
  expect(sessionsKept({ ...kept, wrong: 2 }).observed).toMatch(
    'compared, 2 of them wrong; the first: unknown',
  );
});

test('sessions that cannot be read, or were not used, prove nothing', () => {
  expect(sessionsKept({ unreadable: '/session answered 503 when the load was over' })).toMatchObject({
    passed: false,
    observed: 'the sessions could not be read: /session answered 503 when the load was over',
  });
  expect(sessionsKept({ sessions: 0, views: 0, lists: 0, files: 0, wrong: 0 }).passed).toBe(false);
});
