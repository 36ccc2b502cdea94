import { describe, expect, test } from '@jest/globals';
import { pendingRefresh, steadyGroup } from '../../test/fake-pipeline.ts';
import { refreshProgress } from './refresh-progress.ts';

const wanted = 'lt-1:2';
const watching = { launchTemplate: wanted, started: 'refresh-1', ignoresProtected: false };
const nothingStarted = { launchTemplate: wanted, started: null, ignoresProtected: false };
const old = steadyGroup('lt-1:1');

describe('an instance refresh', () => {
  test('is to start when the group launches something else', () => {
    expect(refreshProgress(old, null, nothingStarted)).toEqual({ kind: 'to-start' });
    // One that ended earlier, however it ended, is history.
    const failed = { ...pendingRefresh, status: 'RollbackSuccessful' };
    expect(refreshProgress(old, failed, nothingStarted)).toEqual({ kind: 'to-start' });
  });

  test('is not needed for a group that runs what it is to run', () => {
    expect(refreshProgress(steadyGroup(wanted), null, nothingStarted)).toEqual({ kind: 'steady' });
  });

  test('is waited for while one runs, whoever started it', () => {
    expect(refreshProgress(old, { ...pendingRefresh, percentComplete: 50 }, nothingStarted)).toEqual({
      kind: 'under-way',
      waitingFor: 'the instance refresh: InProgress, 50 %, 2 instances to replace',
    });
  });

  test('is over once every instance is of the new version, in service and healthy', () => {
    const done = { ...pendingRefresh, status: 'Successful' };
    expect(refreshProgress(steadyGroup(wanted), done, watching)).toEqual({ kind: 'steady' });
    const group = steadyGroup(wanted);
    const [first, second] = group.instances;
    const sick = { ...group, instances: [first!, { ...second!, healthy: false }] };
    expect(refreshProgress(sick, done, watching)).toEqual({
      kind: 'under-way',
      waitingFor: `1 of 2 instances of ${wanted} in service, 1 others`,
    });
  });

  test('has failed, and has not returned, while AWS rolls back', () => {
    const back = { ...pendingRefresh, status: 'RollbackInProgress', reason: 'instances are unhealthy' };
    expect(refreshProgress(old, back, watching)).toEqual({
      kind: 'failed',
      reason: 'instances are unhealthy',
      rollback: 'awaited',
    });
  });

  test.each([
    ['RollbackSuccessful', 'done'],
    ['RollbackFailed', 'none'],
    ['Failed', 'awaited'],
    ['Cancelled', 'none'],
  ])('that ended as %s has failed, and its rollback is %s', (status, rollback) => {
    expect(refreshProgress(old, { ...pendingRefresh, status }, watching)).toEqual({
      kind: 'failed',
      reason: status,
      rollback,
    });
  });

  test('is over without the protected instances that it ignores', () => {
    const done = { ...pendingRefresh, status: 'Successful' };
    const group = steadyGroup(wanted);
    const [first, second] = group.instances;
    const kept = { ...second!, launchTemplate: 'lt-1:1', protectedFromScaleIn: true };
    const left = { ...group, instances: [first!, kept] };
    expect(refreshProgress(left, done, { ...watching, ignoresProtected: true })).toEqual({ kind: 'steady' });
    expect(refreshProgress(left, null, { ...nothingStarted, ignoresProtected: true })).toEqual({
      kind: 'steady',
    });
    expect(refreshProgress(left, done, watching)).toEqual({
      kind: 'under-way',
      waitingFor: `1 of 2 instances of ${wanted} in service, 1 others`,
    });
  });

  test('starts again for instances that one left half-way', () => {
    const group = steadyGroup(wanted);
    const [first, second] = group.instances;
    const half = { ...group, instances: [first!, { ...second!, launchTemplate: 'lt-1:1' }] };
    expect(refreshProgress(half, null, nothingStarted)).toEqual({ kind: 'to-start' });
  });
});
