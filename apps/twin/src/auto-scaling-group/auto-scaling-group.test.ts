import { describe, expect, test } from '@jest/globals';
import { applicationRestartSeconds } from '@tideline/config';
import {
  AutoScalingGroupRig,
  drainSeconds,
  graceSeconds,
  startSeconds,
  warmupSeconds,
} from '../../test/auto-scaling-group-rig.ts';

describe('a group that starts', () => {
  test('launches its desired capacity over the zones, and is steady once all are healthy', async () => {
    const rig = new AutoScalingGroupRig({ capacity: { min: 0, max: 12, desired: 3 } });
    await rig.clock.advance(0);
    expect(rig.states()).toEqual(['Pending', 'Pending', 'Pending']);
    await rig.clock.advance(startSeconds * 0.3);
    expect(rig.states()).toEqual(['InService', 'InService', 'InService']);
    expect(rig.group.counts()).toMatchObject({ desired: 3, pending: 0, running: 3, healthy: 0, warming: 3 });
    await rig.clock.advance(startSeconds);
    expect(rig.zones()).toBe('aab');
    expect(rig.steadyAt).toEqual([3]);
    expect(rig.messages()[0]).toBe(
      'launches an EC2 instance: (instance i1) in us-east-1a, because desired capacity is 3 and actual capacity was 0.',
    );
  });

  test('counts the metrics of an instance once its warm-up in service is over', async () => {
    const rig = await AutoScalingGroupRig.steady();
    expect(rig.group.warmup()).toEqual({ warm: 0, warming: 2 });
    expect(rig.group.measured()).toEqual([]);
    await rig.clock.advance(warmupSeconds);
    expect(rig.group.warmup()).toEqual({ warm: 2, warming: 0 });
    expect(rig.warmed).toEqual(['i1', 'i2']);
  });

  test('says that it is stalled after three failures, and goes on trying', async () => {
    const rig = new AutoScalingGroupRig({ capacity: { min: 0, max: 12, desired: 1 } });
    rig.runtime.onStart = (process) => process.exit({ code: 1, signal: null }, 'PORT is taken');
    await rig.clock.advance(startSeconds * 2);
    expect(rig.stalls[0]).toBe('its application did not start: PORT is taken');
    expect(rig.messages().join('\n')).not.toContain('EC2 status check');
    rig.runtime.onStart = (process) => process.listen();
    await rig.clock.advance(startSeconds * 2);
    expect(rig.group.isSteady).toBe(true);
  });
});

describe('self-healing', () => {
  test('replaces an instance that is lost when its status checks have failed, grace period or not', async () => {
    const rig = await AutoScalingGroupRig.steady();
    rig.group.instance('i1')?.lose('instance-loss');
    await rig.clock.advance(119);
    expect(rig.states()).toEqual(['InService', 'InService']);
    expect(rig.targets.healthy()).toEqual(['i1', 'i2']);
    expect(rig.targets.outages.get('i1')).toEqual({ fault: 'instance-loss', onPurpose: true });
    await rig.clock.advance(1);
    expect(rig.targets.healthy()).toEqual(['i2']);
    expect(rig.ids()).toEqual(expect.arrayContaining(['i2', 'i3']));
    expect(rig.messages()).toContain(
      'takes an EC2 instance out of service: (instance i1), because it failed its EC2 status check (the instance was lost) and is to be replaced.',
    );
    await rig.clock.advance(startSeconds + 5);
    expect(rig.ids()).toEqual(['i2', 'i3']);
    expect(rig.zones()).toBe('ab');
    expect(rig.steadyAt).toEqual([2, 2]);
  });

  test('replaces a lost instance sooner when its health checks have failed, and never starts its application again', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.group.instance('i1')?.lose('instance-loss');
    await rig.clock.advance(30);
    rig.targets.check('i1');
    await rig.clock.advance(0);
    expect(rig.messages().join('\n')).toContain('(instance i1), because it failed its ELB health check');
    await rig.clock.advance(startSeconds + drainSeconds);
    expect(rig.ids()).toEqual(['i2', 'i3']);
    expect(rig.targets.relocations).toEqual([]);
  });

  test('loses an instance whose application waits to be started again', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.runtime.of('i1').exit({ code: 3, signal: null });
    await rig.clock.advance(1);
    expect(rig.targets.outages.get('i1')).toEqual({ fault: 'application-exit', onPurpose: false });
    rig.group.instance('i1')?.lose('instance-loss');
    await rig.clock.advance(120);
    expect(rig.targets.relocations).toEqual([]);
    expect(rig.group.instance('i1')).toBeUndefined();
  });

  test('leaves an instance whose application ends to the unit that starts it again', async () => {
    const rig = await AutoScalingGroupRig.warm();
    const first = rig.runtime.of('i2');
    first.exit({ code: 3, signal: null });
    await rig.clock.advance(applicationRestartSeconds - 1);
    expect(rig.group.instance('i2')?.process).toBeUndefined();
    expect(rig.targets.healthy()).toEqual(['i1', 'i2']);
    await rig.clock.advance(1);
    expect(rig.runtime.of('i2')).not.toBe(first);
    expect(rig.targets.relocations).toEqual([['i2', 1000]]);
    await rig.clock.advance(startSeconds);
    expect(rig.ids()).toEqual(['i1', 'i2']);
    expect(rig.messages().at(-1)).toBe(
      '(instance i2) starts its application again in 5 s, because it ended (exit code 3).',
    );
  });

  test('starts an application again until the health check gives its instance up', async () => {
    const rig = await AutoScalingGroupRig.warm();
    let starts = 0;
    rig.runtime.onStart = (process) => {
      if (process.spec.taskId === 'i2') {
        starts += 1;
        process.exit({ code: null, signal: 'SIGSEGV' });
      } else process.listen();
    };
    rig.runtime.of('i2').kill();
    await rig.clock.advance(3 * applicationRestartSeconds);
    expect(starts).toBe(3);
    rig.runtime.of('i2').isFrozen = true;
    rig.targets.check('i2');
    await rig.clock.advance(startSeconds + drainSeconds);
    expect(starts).toBe(3);
    expect(rig.ids()).toEqual(['i1', 'i3']);
    expect(rig.messages().join('\n')).toContain('(instance i2), because it failed its ELB health check');
  });

  test('ends an instance that is terminated while its application waits to be started again', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.runtime.of('i2').exit({ code: 3, signal: null });
    await rig.clock.advance(1);
    rig.group.terminate(rig.group.instance('i2')!);
    await rig.clock.advance(startSeconds + drainSeconds);
    expect(rig.ids()).toEqual(['i1', 'i3']);
  });

  test('leaves an unhealthy instance alone in its grace period, which begins in service', async () => {
    const rig = await AutoScalingGroupRig.steady();
    rig.freeze('i1');
    const graceEnds = startSeconds * 0.3 + graceSeconds;
    await rig.clock.advance(graceEnds - rig.clock.now() - 1);
    expect(rig.ids()).toEqual(['i1', 'i2']);
    await rig.clock.advance(2);
    expect(rig.group.instance('i1')?.state).toBe('Terminating');
    expect(rig.ids()).toEqual(['i1', 'i2', 'i3']);
  });

  test('terminates an unhealthy instance after the grace period, drains it, and launches another', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.freeze('i1');
    await rig.clock.advance(0);
    expect(rig.states()).toEqual(['Terminating', 'InService', 'Pending']);
    expect(rig.messages()).toContain(
      'terminates an EC2 instance: (instance i1), because it failed its ELB health check (Target.Timeout) and is to be replaced.',
    );
    await rig.clock.advance(drainSeconds + 35);
    expect(rig.runtime.of('i1').signals).toEqual(['SIGSTOP', 'SIGTERM', 'SIGKILL']);
    expect(rig.ids()).toEqual(['i2', 'i3']);
  });

  test('gives up an instance whose application never listens when the grace period ends', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.runtime.onStart = () => undefined;
    rig.group.instance('i1')?.lose('instance-loss');
    rig.targets.check('i1');
    await rig.clock.advance(startSeconds * 0.3 + graceSeconds - 1);
    expect(rig.group.instance('i3')?.state).toBe('InService');
    await rig.clock.advance(2);
    expect(rig.group.instance('i3')?.isActive).not.toBe(true);
    expect(rig.messages().join('\n')).toContain('no answer within the grace period');
  });

  test('puts another in the place of an instance that a user terminates, after it has drained', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.group.terminate(rig.group.instance('i1')!);
    await rig.clock.advance(0);
    expect(rig.states()).toEqual(['Terminating', 'InService', 'Pending']);
    await rig.clock.advance(drainSeconds - 1);
    expect(rig.runtime.of('i1').signals).toEqual([]);
    await rig.clock.advance(1);
    expect(rig.runtime.of('i1').signals).toEqual(['SIGTERM']);
    expect(rig.group.desired).toBe(2);
  });
});

describe('capacity', () => {
  test('grows in the emptiest zones and shrinks in the fullest one, the oldest first', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.group.setDesired(5);
    await rig.clock.advance(startSeconds + 5);
    expect(rig.zones()).toBe('aaabb');
    rig.group.setDesired(4);
    await rig.clock.advance(0);
    expect(rig.group.instance('i1')?.state).toBe('Terminating');
    expect(rig.zones()).toBe('aabb');
    await rig.clock.advance(drainSeconds);
    expect(rig.steadyAt).toEqual([2, 5, 4]);
    expect(rig.messages()).toContain('has changed its desired capacity from 5 to 4.');
  });

  test('gives up what does not serve yet before what does', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.group.setDesired(4);
    await rig.clock.advance(5);
    rig.group.setDesired(2);
    await rig.clock.advance(startSeconds);
    expect(rig.ids()).toEqual(['i1', 'i2']);
  });
});

describe('Availability Zones', () => {
  test('a lost one moves its instances to the other; back again, one moves before another goes', async () => {
    const rig = await AutoScalingGroupRig.warm();
    rig.group.loseZone('us-east-1a');
    await rig.clock.advance(120 + startSeconds + 5);
    expect(rig.zones()).toBe('bb');
    rig.watchHealthy();
    rig.group.restoreZone('us-east-1a');
    await rig.clock.advance(startSeconds + drainSeconds + 10);
    expect(rig.zones()).toBe('ab');
    expect(rig.leastHealthy).toBe(2);
    expect(rig.messages().join('\n')).toContain('us-east-1b has more instances than the other');
  });

  test('without any there is nothing to launch in, which is said once', async () => {
    const rig = await AutoScalingGroupRig.warm();
    for (const zone of ['us-east-1a', 'us-east-1b']) rig.group.loseZone(zone);
    await rig.clock.advance(120 + startSeconds);
    expect(rig.messages().filter((message) => message.startsWith('cannot launch'))).toHaveLength(1);
    rig.group.restoreZone('us-east-1b');
    await rig.clock.advance(startSeconds + 5);
    expect(rig.zones()).toBe('bb');
  });
});

test('a closed group does nothing any more', async () => {
  const rig = await AutoScalingGroupRig.warm();
  rig.group.close();
  rig.group.instance('i1')?.lose('instance-loss');
  await rig.clock.advance(120 + startSeconds);
  expect(rig.ids()).toEqual(['i1', 'i2']);
});

describe('instances that are protected from scale-in', () => {
  const protectedRig = () => AutoScalingGroupRig.warm({ compute: { protectFromScaleIn: true } });
  const remark =
    'could not scale to desired capacity because all remaining instances are protected from scale-in.';

  test('stay when desired capacity falls, which is said once, and go when their protection is taken off', async () => {
    const rig = await protectedRig();
    rig.group.setDesired(1);
    await rig.clock.advance(3600);
    expect(rig.ids()).toEqual(['i1', 'i2']);
    expect(rig.messages().filter((message) => message === remark)).toHaveLength(1);
    rig.group.setProtection(rig.group.instance('i2')!, 'unprotected');
    await rig.clock.advance(drainSeconds + 35);
    expect(rig.ids()).toEqual(['i1']);
  });

  test('are replaced when they fail their health check, and the next one is protected too', async () => {
    const rig = await protectedRig();
    rig.freeze('i1');
    await rig.clock.advance(drainSeconds + startSeconds + 35);
    expect(rig.ids()).toEqual(['i2', 'i3']);
    expect(rig.group.isProtected(rig.group.instance('i3')!)).toBe(true);
  });

  test('go when a user terminates them', async () => {
    const rig = await protectedRig();
    rig.group.terminate(rig.group.instance('i1')!);
    await rig.clock.advance(drainSeconds + startSeconds + 35);
    expect(rig.ids()).toEqual(['i2', 'i3']);
  });
});
