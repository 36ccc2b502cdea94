import { describe, expect, test } from '@jest/globals';
import {
  AutoScalingGroupRig,
  drainSeconds,
  graceSeconds,
  startSeconds,
  warmupSeconds,
} from '../../test/auto-scaling-group-rig.ts';
import { longestStandstillSeconds } from './instance-refresh.ts';
import { InstanceRefreshError } from './instance-refreshes.ts';

const second = { version: '2', variables: {} };
const sick = { version: '2', variables: { SICK: 'yes' } };
const readySeconds = startSeconds * 0.3 + warmupSeconds + 5;

const refresh = (rig: AutoScalingGroupRig) => rig.group.refreshes.all().at(-1);

describe('an instance refresh', () => {
  test('launches first and terminates once replacements are healthy and warm', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.watchHealthy();
    rig.group.startRefresh(second);
    expect(rig.group.isRollingOut).toBe(true);
    await rig.clock.advance(startSeconds + 5);
    expect(rig.versions()).toEqual(['1', '1', '2', '2']);
    await rig.clock.advance(readySeconds - startSeconds);
    expect(rig.versions()).toEqual(['2', '2']);
    expect(refresh(rig)).toMatchObject({
      status: 'Successful',
      percentageComplete: 100,
      instancesToUpdate: 0,
      template: { revision: 2, version: '2' },
    });
    expect([rig.leastHealthy, rig.mostInstances]).toEqual([2, 4]);
    await rig.clock.advance(drainSeconds);
    expect(rig.ids()).toEqual(['i3', 'i4']);
    rig.group.setDesired(3);
    await rig.clock.advance(startSeconds);
    expect(rig.versions()).toEqual(['2', '2', '2']);
  });

  test('keeps to its percentages: at most five of four, at least four healthy', async () => {
    const instanceRefresh = { minimumHealthyPercent: 100, maximumHealthyPercent: 125 };
    const rig = await AutoScalingGroupRig.warm({
      capacity: { min: 0, max: 12, desired: 4 },
      compute: { instanceRefresh },
    });
    rig.watchHealthy();
    rig.group.startRefresh(second);
    await rig.clock.advance(readySeconds);
    expect(refresh(rig)).toMatchObject({
      status: 'InProgress',
      percentageComplete: 25,
      instancesToUpdate: 3,
    });
    await rig.clock.advance(readySeconds * 4);
    expect(refresh(rig)?.status).toBe('Successful');
    expect([rig.leastHealthy, rig.mostInstances]).toEqual([4, 5]);
    expect(rig.zones()).toBe('aabb');
  });

  test('terminates first where nothing may be added', async () => {
    const instanceRefresh = { minimumHealthyPercent: 50, maximumHealthyPercent: 100 };
    const rig = await AutoScalingGroupRig.warm({ compute: { instanceRefresh } });
    rig.watchHealthy();
    rig.group.startRefresh(second);
    await rig.clock.advance(0);
    expect(rig.versions()).toEqual(['1', '2']);
    await rig.clock.advance(readySeconds * 3);
    expect(refresh(rig)?.status).toBe('Successful');
    expect([rig.leastHealthy, rig.mostInstances]).toEqual([1, 2]);
  });

  test('follows the desired capacity while it runs', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.group.startRefresh(second);
    await rig.clock.advance(20);
    rig.group.setDesired(3);
    await rig.clock.advance(readySeconds * 2);
    expect(rig.versions()).toEqual(['2', '2', '2']);
    expect(refresh(rig)?.status).toBe('Successful');
  });

  test('rolls back when three replacements in a row are never healthy', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.runtime.onStart = (process) =>
      process.spec.version === '2'
        ? process.exit({ code: 1, signal: null }, 'bad setting')
        : process.listen();
    rig.watchHealthy();
    rig.group.startRefresh(second);
    await rig.clock.advance(startSeconds * 2);
    expect(refresh(rig)).toMatchObject({
      status: 'RollbackSuccessful',
      statusReason: expect.stringContaining('3 replacements in a row were never healthy; the last one'),
    });
    expect(rig.versions()).toEqual(['1', '1']);
    expect(rig.ids()).toEqual(['i1', 'i2']);
    expect(rig.leastHealthy).toBe(2);
    expect(rig.messages().join('\n')).toContain('Rolling back to launch template version 1');
  });

  test('rolls back when replacements fail their health checks beyond the grace period', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.group.startRefresh(sick);
    await rig.clock.advance(2 * (startSeconds + graceSeconds));
    expect(refresh(rig)?.status).toBe('RollbackSuccessful');
    expect(rig.versions()).toEqual(['1', '1']);
  });

  test('replaces again what a rollback finds replaced', async () => {
    const instanceRefresh = { minimumHealthyPercent: 100, maximumHealthyPercent: 150 };
    const rig = await AutoScalingGroupRig.warm({ compute: { instanceRefresh } });
    rig.group.startRefresh(second);
    await rig.clock.advance(readySeconds);
    rig.runtime.onStart = (process) => {
      if (process.spec.version === '2') process.exit({ code: 1, signal: null });
      else process.listen();
    };
    await rig.clock.advance(startSeconds * 2);
    expect(refresh(rig)?.status).toBe('RollbackInProgress');
    await rig.clock.advance(readySeconds * 2);
    expect(refresh(rig)?.status).toBe('RollbackSuccessful');
    expect(rig.versions()).toEqual(['1', '1']);
  });

  test('only fails where there is to be no rollback, and the group keeps its own template', async () => {
    const rig = await AutoScalingGroupRig.warm({ compute: { instanceRefresh: { autoRollback: false } } });
    rig.runtime.onStart = (process) =>
      process.spec.version === '2' ? process.exit({ code: 1, signal: null }) : process.listen();
    rig.group.startRefresh(second);
    await rig.clock.advance(startSeconds * 3);
    expect(refresh(rig)?.status).toBe('Failed');
    expect(rig.versions()).toEqual(['1', '1']);
  });

  test('fails after an hour without progress', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.group.loseZone('us-east-1a');
    rig.group.loseZone('us-east-1b');
    rig.group.startRefresh(second);
    await rig.clock.advance(longestStandstillSeconds + 1);
    expect(refresh(rig)).toMatchObject({
      status: 'RollbackInProgress',
      statusReason: 'it made no progress for an hour',
    });
    await rig.clock.advance(longestStandstillSeconds + 1);
    expect(refresh(rig)?.status).toBe('RollbackFailed');
  });

  describe('of instances that are protected from scale-in', () => {
    const protectedRig = (scaleInProtectedInstances?: 'Wait' | 'Refresh' | 'Ignore') =>
      AutoScalingGroupRig.warm({
        compute: { protectFromScaleIn: true, instanceRefresh: { scaleInProtectedInstances } },
      });

    test('waits an hour by default, and fails', async () => {
      const rig = await protectedRig();
      rig.group.startRefresh(second);
      await rig.clock.advance(longestStandstillSeconds - 1);
      expect(rig.ids()).toEqual(['i1', 'i2']);
      expect(refresh(rig)).toMatchObject({ status: 'InProgress', percentageComplete: 0 });
      await rig.clock.advance(2);
      expect(refresh(rig)).toMatchObject({
        status: 'RollbackSuccessful',
        statusReason: 'it made no progress for an hour',
      });
      expect(rig.versions()).toEqual(['1', '1']);
    });

    test('replaces each once its protection is taken off', async () => {
      const rig = await protectedRig();
      rig.group.startRefresh(second);
      await rig.clock.advance(100);
      rig.group.setProtection(rig.group.instance('i1')!, 'unprotected');
      await rig.clock.advance(readySeconds + drainSeconds);
      expect(rig.ids()).toEqual(['i2', 'i3']);
      expect(refresh(rig)).toMatchObject({ status: 'InProgress', percentageComplete: 50 });
      rig.group.setProtection(rig.group.instance('i2')!, 'unprotected');
      await rig.clock.advance(readySeconds + drainSeconds);
      expect(rig.versions()).toEqual(['2', '2']);
      expect(refresh(rig)?.status).toBe('Successful');
    });

    test('replaces them all the same where it is to', async () => {
      const rig = await protectedRig('Refresh');
      rig.group.startRefresh(second);
      await rig.clock.advance(readySeconds * 2);
      expect(rig.versions()).toEqual(['2', '2']);
      expect(refresh(rig)?.status).toBe('Successful');
    });

    test('leaves them on their version where it is to, and replaces the others', async () => {
      const rig = await protectedRig('Ignore');
      rig.group.setProtection(rig.group.instance('i1')!, 'unprotected');
      rig.watchHealthy();
      rig.group.startRefresh(second);
      await rig.clock.advance(readySeconds * 2);
      expect(rig.versions()).toEqual(['1', '2']);
      expect(refresh(rig)).toMatchObject({ status: 'Successful', percentageComplete: 100 });
      expect(rig.leastHealthy).toBe(2);
    });
  });

  test('can be cancelled: what serves stays, and new instances get the group’s own template', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.watchHealthy();
    rig.group.startRefresh(second);
    await rig.clock.advance(10);
    rig.group.cancelRefresh();
    await rig.clock.advance(startSeconds + drainSeconds);
    expect(refresh(rig)).toMatchObject({ status: 'Cancelled', statusReason: 'it was cancelled' });
    expect(rig.versions()).toEqual(['1', '1']);
    expect(rig.leastHealthy).toBe(2);
    rig.group.setDesired(3);
    await rig.clock.advance(startSeconds);
    expect(rig.versions()).toEqual(['1', '1', '1']);
  });

  test('is refused while another is under way, and so is a cancellation without one', async () => {
    const rig = await AutoScalingGroupRig.warm();
    expect(() => rig.group.cancelRefresh()).toThrow(InstanceRefreshError);
    rig.group.startRefresh(second);
    expect(() => rig.group.startRefresh(second)).toThrow(
      'instance refresh refresh-0001 is InProgress; cancel it first, or wait until it has ended',
    );
  });
});
