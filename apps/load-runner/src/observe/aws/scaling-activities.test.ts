import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activity, at, createdAt, notScaled } from '../../../test/fake-aws.ts';
import { DesiredHistory, scalingActivities } from './scaling-activities.ts';

describe('desired history', () => {
  test('nothing is known before the first count', () => {
    expect(new DesiredHistory([{ atMs: 5, count: 2 }]).before(5)).toBeUndefined();
  });

  test('a copy leaves the original as it is', () => {
    const history = new DesiredHistory([{ atMs: 0, count: 2 }]);
    history.copy().add(1, 6);
    expect(history.before(2)).toBe(2);
  });

  test('tells the count of the latest moment before, in whatever order counts came', () => {
    const points = fc.uniqueArray(fc.record({ atMs: fc.nat(50), count: fc.nat(6) }), {
      selector: ({ atMs }) => atMs,
      minLength: 1,
    });
    fc.assert(
      fc.property(points, fc.nat(60), (added, atMs) => {
        const inOrder = added.toSorted((left, right) => left.atMs - right.atMs);
        const history = new DesiredHistory();
        for (const point of inOrder) history.add(point.atMs, point.count);
        expect(history.before(atMs)).toBe(inOrder.findLast((point) => point.atMs < atMs)?.count);
      }),
    );
  });
});

const toCloudSeconds = (moment: Date): number => (moment.getTime() - createdAt.getTime()) / 1000;
const listed = (
  activities: readonly ReturnType<typeof activity>[],
  desired: DesiredHistory = new DesiredHistory([{ atMs: at(0).getTime(), count: 2 }]),
) => scalingActivities(activities, { toCloudSeconds, desired });

describe('scaling activities', () => {
  test('come oldest first, each from where the one before went', () => {
    const inward = activity({
      Description: 'Setting desired count to 5.',
      Cause: 'monitor alarm x-AlarmLow-1 in state ALARM triggered policy cpu',
      StartTime: at(1300.5),
      StatusCode: 'InProgress',
    });
    expect(listed([inward, activity({})])).toEqual([
      {
        ...{ cloudSeconds: 300, from: 2, to: 6, policy: 'requests-per-target', status: 'Successful' },
        cause: expect.stringContaining('in state ALARM triggered policy requests-per-target'),
      },
      {
        ...{ cloudSeconds: 1300.5, from: 6, to: 5, policy: 'cpu', status: 'InProgress' },
        cause: 'monitor alarm x-AlarmLow-1 in state ALARM triggered policy cpu',
      },
    ]);
  });

  test('a count that somebody else set in between is where the next one starts', () => {
    const desired = new DesiredHistory([{ atMs: at(0).getTime(), count: 2 }]);
    desired.add(at(305).getTime(), 6);
    desired.add(at(400).getTime(), 4);
    const next = activity({ StartTime: at(500) });
    expect(listed([next, activity({})], desired).map(({ from, to }) => [from, to])).toEqual([
      [2, 6],
      [4, 6],
    ]);
  });

  test('a failed one moves nothing', () => {
    const failed = activity({ StatusCode: 'Failed', Description: 'Setting desired count to 4.' });
    const next = activity({ StartTime: at(400) });
    expect(listed([next, failed]).map(({ from, to, status }) => [from, to, status])).toEqual([
      [2, 4, 'Failed'],
      [2, 6, 'Successful'],
    ]);
  });

  test.each([
    ['AlreadyAtMaxCapacity', { MaxCapacity: 4 }],
    ['AlreadyAtMinCapacity', { MinCapacity: 4 }],
    ['AlreadyAtDesiredCapacity', { CurrentCapacity: 4 }],
    ['AutoScalingAnticipatedFlapping', { CurrentCapacity: 4 }],
  ] as const)('one that scaled nothing says why: %s', (code, bounds) => {
    expect(listed([notScaled(code, bounds)], new DesiredHistory())).toEqual([
      expect.objectContaining({ from: 4, to: 4, status: 'NotScaled', reasonCode: code }),
    ]);
  });

  test('a reason that this version does not know is left out', () => {
    const [only] = listed([notScaled('SomethingNew', {})]);
    expect(only).toMatchObject({ status: 'NotScaled', from: 2, to: 2 });
    expect(only).not.toHaveProperty('reasonCode');
  });

  test('what a scheduled action changed is put down to it, though AWS says so only of its bounds', () => {
    const bounds = activity({
      Description: 'Setting min capacity to 5 and max capacity to 10',
      Cause: 'scheduled action name morning was triggered',
    });
    const moved = activity({
      Description: 'Setting desired count to 5.',
      Cause: 'minimum capacity was set to 5',
      StartTime: at(300.5),
    });
    const byHand = activity({
      Description: 'Setting desired count to 7.',
      Cause: 'minimum capacity was set to 7',
      StartTime: at(900),
    });
    expect(listed([byHand, moved, bounds]).map(({ policy, from, to }) => [policy, from, to])).toEqual([
      ['morning', 2, 2],
      ['morning', 2, 5],
      ['bounds of capacity', 5, 7],
    ]);
  });
});
