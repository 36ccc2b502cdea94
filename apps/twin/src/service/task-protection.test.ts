import { describe, expect, test } from '@jest/globals';
import { ServiceRig, startSeconds } from '../../test/service-rig.ts';
import { changeProtection } from '../agent/task-protection.ts';

const drainSeconds = 400;

function protect(rig: ServiceRig, id: string, expiresInMinutes: number | null = null) {
  return changeProtection(rig.service.task(id)!, { enabled: true, expiresInMinutes }, rig.service);
}
const unprotect = (rig: ServiceRig, id: string) =>
  changeProtection(rig.service.task(id)!, { enabled: false, expiresInMinutes: null }, rig.service);

describe('a task that is protected from scale-in', () => {
  test('stays when the service scales in, and another goes', async () => {
    const rig = await ServiceRig.steady();
    protect(rig, 't2');
    rig.service.setDesired(1);
    await rig.clock.advance(drainSeconds);
    expect(rig.ids()).toEqual(['t2']);
    expect(rig.service.isSteady).toBe(true);
  });

  test('beyond desired keeps the service from its steady state until the protection expires', async () => {
    const rig = await ServiceRig.steady();
    const before = rig.messages().length;
    protect(rig, 't1', 30);
    rig.service.setDesired(0);
    await rig.clock.advance(30 * 60 - 1);
    expect(rig.ids()).toEqual(['t1']);
    expect(rig.service.isSteady).toBe(false);
    await rig.clock.advance(2);
    expect(rig.service.task('t1')?.isActive ?? false).toBe(false);
    await rig.clock.advance(drainSeconds);
    expect(rig.ids()).toEqual([]);
    expect(rig.service.isSteady).toBe(true);
    expect(rig.messages(before).filter((message) => message.includes('protected'))).toEqual([
      'is waiting to scale in: 1 tasks are protected from scale-in: (task t1).',
    ]);
  });

  test('goes as soon as its protection is taken off', async () => {
    const rig = await ServiceRig.steady();
    protect(rig, 't1');
    rig.service.setDesired(0);
    await rig.clock.advance(drainSeconds);
    unprotect(rig, 't1');
    await rig.clock.advance(drainSeconds);
    expect(rig.ids()).toEqual([]);
  });

  test('makes a rolling deployment wait, which starts all of its own tasks meanwhile', async () => {
    const rig = await ServiceRig.steady();
    protect(rig, 't1');
    rig.service.deploy({ version: '2', variables: {} });
    await rig.clock.advance(startSeconds + drainSeconds);
    expect(rig.ids()).toEqual(['t1', 't3', 't4']);
    expect(rig.service.isRollingOut).toBe(true);
    expect(rig.messages()).toContain(
      '(deployment ecs-svc/0002) is waiting: 1 tasks are protected from scale-in: (task t1).',
    );
    await rig.clock.advance(7200);
    expect(rig.ids()).toEqual(['t3', 't4']);
    expect(rig.service.isRollingOut).toBe(false);
  });

  test('without room beside it keeps a deployment from starting its replacement', async () => {
    const rig = await ServiceRig.steady({
      deployment: {
        minimumHealthyPercent: 50,
        maximumPercent: 100,
        availabilityZoneRebalancing: false,
      },
    });
    protect(rig, 't1');
    rig.service.deploy({ version: '2', variables: {} });
    await rig.clock.advance(drainSeconds);
    expect(rig.ids()).toEqual(['t1', 't3']);
    unprotect(rig, 't1');
    await rig.clock.advance(2 * drainSeconds);
    expect(rig.ids()).toEqual(['t3', 't4']);
    expect(rig.service.isRollingOut).toBe(false);
  });

  test('is replaced all the same when it fails its health check, or dies', async () => {
    const rig = await ServiceRig.steady();
    protect(rig, 't1');
    protect(rig, 't2');
    rig.process('t1').kill();
    rig.process('t2').freeze();
    rig.targets.check('t2');
    await rig.clock.advance(drainSeconds + 600);
    expect(rig.ids()).toEqual(['t3', 't4']);
  });
});
