import { describe, expect, test } from '@jest/globals';
import { description } from '../../test/descriptions.ts';
import { resolveEnvironment } from '../resolve/resolve-environment.ts';

const sessions = (over: object) => description({ sessions: { store: 'redis', ...over } });
const refusal = (words: string): unknown =>
  expect.objectContaining({
    problems: [
      {
        code: 'TL-CONFIG-SNAPSHOT-WINDOW',
        path: 'sessions.snapshotWindow',
        message: expect.stringContaining(words),
      },
    ],
  });

describe('the window of snapshots', () => {
  test.each([
    ['03:00-03:59', 'which is 59 minutes'],
    ['23:30-00:15', 'which is 45 minutes'],
    ['03:00-03:00', 'which is 0 minutes'],
  ])('%s is too short', (snapshotWindow, words) => {
    const input = sessions({ snapshotRetentionDays: 1, snapshotWindow });
    expect(() => resolveEnvironment(input)).toThrow(refusal(words));
  });

  test.each(['03:00-04:00', '23:30-00:30'])('%s is taken', (snapshotWindow) => {
    const { sessions: resolved } = resolveEnvironment(sessions({ snapshotRetentionDays: 1, snapshotWindow }));
    expect(resolved.snapshotWindow).toBe(snapshotWindow);
  });

  test('is refused where no snapshot is taken', () => {
    expect(() => resolveEnvironment(sessions({ snapshotWindow: '03:00-04:00' }))).toThrow(
      refusal('snapshotRetentionDays 0'),
    );
  });
});

test('files that are never deleted are in no contradiction with the day on which they move', () => {
  const files = { store: 's3' as const, coldAfterDays: 400, expireAfterDays: null };
  expect(resolveEnvironment(description({ sessions: { store: 'redis' }, files })).files).toMatchObject(files);
});
