import { describe, expect, test } from '@jest/globals';
import { ServiceRig, startSeconds } from '../../test/service-rig.ts';

describe('a service that starts', () => {
  test('reaches a steady state with its tasks spread over the zones, and says so in ECS’s words', async () => {
    const rig = new ServiceRig();
    await rig.clock.advance(startSeconds - 1);
    expect(rig.service.counts()).toMatchObject({ desired: 2, pending: 2, running: 0 });
    expect(rig.service.isSteady).toBe(false);
    await rig.clock.advance(2);
    expect(rig.service.counts()).toEqual({
      desired: 2,
      pending: 0,
      running: 2,
      healthy: 2,
      unhealthy: 0,
      draining: 0,
    });
    expect(rig.zones()).toBe('ab');
    expect(rig.steadyAt).toEqual([2]);
    expect(rig.messages()).toEqual([
      'has started 2 tasks: (task t1) (task t2).',
      'registered 1 targets in (target-group api-targets)',
      'registered 1 targets in (target-group api-targets)',
      '(deployment ecs-svc/0001) deployment completed.',
      'has reached a steady state.',
    ]);
  });

  test('with nothing desired is steady at once', async () => {
    const rig = new ServiceRig({ capacity: { min: 0, max: 2, desired: 0 } });
    await rig.clock.advance(1);
    expect(rig.steadyAt).toEqual([0]);
    expect(rig.ids()).toEqual([]);
  });

  test('does nothing after it is closed', async () => {
    const rig = new ServiceRig();
    await rig.clock.advance(1);
    rig.service.close();
    rig.service.setDesired(6);
    await rig.clock.advance(60);
    expect(rig.ids()).toEqual(['t1', 't2']);
    expect(rig.messages()).toEqual(['has started 2 tasks: (task t1) (task t2).']);
  });
});

describe('a task that dies', () => {
  test('is replaced in its zone when it leaves rotation: 5 s later, by default', async () => {
    const rig = await ServiceRig.steady();
    const before = rig.messages().length;
    rig.process('t1').kill();
    await rig.clock.advance(4.9);
    expect(rig.targets.healthy()).toEqual(['t1', 't2']);
    expect(rig.ids()).toEqual(['t1', 't2']);
    await rig.clock.advance(0.1);
    expect(rig.targets.healthy()).toEqual(['t2']);
    expect(rig.ids()).toEqual(['t2', 't3']);
    expect(rig.zones()).toBe('ab');
    await rig.clock.advance(startSeconds + 1);
    expect(rig.messages(before)).toEqual([
      'deregistered 1 targets in (target-group api-targets)',
      'has begun draining connections on 1 tasks.',
      'has started 1 tasks: (task t3).',
      '(task t1) stopped: Essential container in task exited (SIGKILL).',
      'registered 1 targets in (target-group api-targets)',
      'has reached a steady state.',
    ]);
    expect(rig.steadyAt).toEqual([2, 2]);
  });

  test('after the deployment completed is no failure of it', async () => {
    const rig = await ServiceRig.steady();
    for (let index = 0; index < 5; index += 1) {
      rig.process(rig.ids()[0]!).kill();
      await rig.clock.advance(startSeconds + 10);
    }
    expect(rig.service.deployments.all()).toHaveLength(1);
    expect(rig.service.isSteady).toBe(true);
  });
});

describe('a task that fails its health checks', () => {
  test('is replaced first, and stopped once the replacement is healthy', async () => {
    const rig = await ServiceRig.steady();
    const before = rig.messages().length;
    rig.process('t1').freeze();
    rig.targets.check('t1');
    await rig.clock.advance(startSeconds - 1);
    expect(rig.service.task('t1')?.isActive).toBe(true);
    expect(rig.ids()).toEqual(['t1', 't2', 't3']);
    await rig.clock.advance(1);
    expect(rig.service.task('t1')).toMatchObject({
      state: 'DEACTIVATING',
      stoppedReason: 'Task failed ELB health checks in (target-group api-targets)',
    });
    await rig.clock.advance(30);
    expect(rig.process('t1').signals).toEqual(['SIGSTOP', 'SIGTERM']);
    await rig.clock.advance(30);
    expect(rig.process('t1').signals.at(-1)).toBe('SIGKILL');
    expect(rig.messages(before)).toEqual([
      '(task t1) (port 3000) is unhealthy in (target-group api-targets) due to (reason Target.Timeout).',
      'has started 1 tasks: (task t3).',
      'registered 1 targets in (target-group api-targets)',
      'has stopped 1 running tasks: (task t1).',
      'deregistered 1 targets in (target-group api-targets)',
      'has begun draining connections on 1 tasks.',
      'has reached a steady state.',
    ]);
  });

  test('is left alone until the grace period is over', async () => {
    const rig = await ServiceRig.steady({ healthCheck: { gracePeriodSeconds: 60 } });
    rig.process('t1').freeze();
    rig.targets.check('t1');
    await rig.clock.advance(startSeconds + 60 - rig.clock.now() - 1);
    expect(rig.ids()).toEqual(['t1', 't2']);
    await rig.clock.advance(1);
    expect(rig.ids()).toEqual(['t1', 't2', 't3']);
  });

  test('and recovers within the grace period stays', async () => {
    const rig = await ServiceRig.steady({ healthCheck: { gracePeriodSeconds: 60 } });
    rig.process('t1').freeze();
    rig.targets.check('t1');
    await rig.clock.advance(10);
    rig.process('t1').isFrozen = false;
    rig.targets.check('t1');
    await rig.clock.advance(120);
    expect(rig.ids()).toEqual(['t1', 't2']);
    expect(rig.service.isSteady).toBe(true);
  });
});

describe('tasks that cannot start', () => {
  const broken = { version: '2', variables: { BROKEN: 'yes' } };
  const breakStarts = (rig: ServiceRig): void => {
    rig.runtime.onStart = (process) =>
      process.spec.variables.BROKEN === undefined
        ? process.listen()
        : process.exit({ code: 2, signal: null }, 'exit code 2: PORT is not a number');
  };

  test('are tried again after ever longer pauses', async () => {
    const rig = new ServiceRig({
      capacity: { min: 0, max: 1, desired: 1 },
      deployment: { circuitBreaker: { enabled: false } },
    });
    rig.runtime.onStart = (process) => process.exit({ code: 1, signal: null });
    await rig.clock.advance(200);
    const starts = rig.log
      .all()
      .filter(({ message }) => message.includes('has started'))
      .map(({ cloudSeconds }) => cloudSeconds);
    const pauses = starts.slice(1).map((seconds, index) => seconds - starts[index]!);
    expect(pauses).toEqual([18, 28, 48, 88]);
  });

  test('stall the first deployment, with the reason', async () => {
    const rig = new ServiceRig();
    rig.runtime.onStart = (process) => process.exit({ code: 2, signal: null }, 'exit code 2: no such module');
    await rig.clock.advance(300);
    expect(rig.stalls).toContain('CannotStartContainerError: exit code 2: no such module');
    expect(rig.ids()).toEqual([]);
    const before = rig.messages().length;
    await rig.clock.advance(3600);
    expect(rig.messages(before)).toEqual([]);
  });

  test('are rolled back by the breaker, without losing a healthy task', async () => {
    const rig = await ServiceRig.steady();
    breakStarts(rig);
    rig.watchHealthy();
    rig.service.deploy(broken);
    await rig.clock.advance(300);
    expect(rig.leastHealthy).toBe(2);
    expect(rig.service.deployments.all().map(({ rolloutState }) => rolloutState)).toEqual([
      'COMPLETED',
      'FAILED',
      'COMPLETED',
    ]);
    expect(rig.service.deployments.primary.definition.version).toBe('1');
    expect(rig.ids()).toEqual(['t1', 't2']);
    expect(rig.service.isSteady).toBe(true);
    expect(rig.messages()).toContain('rolling back to deployment ecs-svc/0003.');
  });

  test('do not make the deployment that mends them wait', async () => {
    const rig = await ServiceRig.steady({ deployment: { circuitBreaker: { enabled: false } } });
    breakStarts(rig);
    rig.service.deploy(broken);
    await rig.clock.advance(600);
    rig.service.deploy({ version: '3', variables: {} });
    await rig.clock.advance(startSeconds + 40);
    expect(rig.service.deployments.primary).toMatchObject({ rolloutState: 'COMPLETED' });
    expect(rig.service.isSteady).toBe(true);
  });

  test('keep their pauses and their count while tasks of the version before are healthy', async () => {
    const rig = await ServiceRig.steady({ capacity: { min: 0, max: 1, desired: 1 } });
    breakStarts(rig);
    rig.service.deploy(broken);
    await rig.clock.advance(8);
    expect(rig.service.deployments.primary.failedTasks).toBe(1);
    await rig.clock.advance(18);
    expect(rig.service.deployments.primary.failedTasks).toBe(2);
    rig.targets.check('t1');
    await rig.clock.advance(27);
    expect(rig.service.deployments.primary.definition.version).toBe('2');
    await rig.clock.advance(1);
    expect(rig.service.deployments.primary.definition.version).toBe('1');
  });
});

describe('a rolling deployment', () => {
  test('replaces every task and never has fewer healthy ones than the minimum', async () => {
    const rig = await ServiceRig.steady({ capacity: { min: 0, max: 6, desired: 4 } });
    const before = rig.messages().length;
    rig.watchHealthy();
    rig.service.deploy({ version: '2', variables: {} });
    await rig.clock.advance(5);
    expect(rig.service.deployments.inProgress).toBe(true);
    await rig.clock.advance(120);
    expect(rig.leastHealthy).toBeGreaterThanOrEqual(4);
    expect(rig.service.tasks().map(({ definition }) => definition.version)).toEqual(['2', '2', '2', '2']);
    expect(rig.zones()).toBe('aabb');
    expect(rig.service.deployments.inProgress).toBe(false);
    expect(rig.messages(before).slice(-4)).toEqual([
      '(deployment ecs-svc/0002) deployment completed.',
      'deregistered 1 targets in (target-group api-targets)',
      'has begun draining connections on 1 tasks.',
      'has reached a steady state.',
    ]);
  });

  test('without room to start beside old tasks stops as many as the minimum spares first', async () => {
    const rig = await ServiceRig.steady({
      capacity: { min: 4, max: 4, desired: 4 },
      deployment: { minimumHealthyPercent: 50, maximumPercent: 100, availabilityZoneRebalancing: false },
    });
    rig.watchHealthy();
    rig.service.deploy({ version: '2', variables: {} });
    await rig.clock.advance(1);
    expect(rig.service.counts().running).toBe(2);
    await rig.clock.advance(200);
    expect(rig.leastHealthy).toBe(2);
    expect(rig.service.deployments.inProgress).toBe(false);
  });

  test('of tasks that start but never become healthy is rolled back', async () => {
    const rig = await ServiceRig.steady();
    rig.watchHealthy();
    rig.service.deploy({ version: '2', variables: { SICK: 'yes' } });
    await rig.clock.advance(600);
    expect(rig.leastHealthy).toBe(2);
    expect(rig.service.deployments.all().map(({ rolloutState }) => rolloutState)).toEqual([
      'COMPLETED',
      'FAILED',
      'COMPLETED',
    ]);
    expect(rig.ids()).toEqual(['t1', 't2']);
  });

  test('is not saved from its breaker by one task that became healthy once', async () => {
    const rig = await ServiceRig.steady();
    rig.runtime.onStart = (process) => {
      process.listen();
      // The first task of the new version is well; all that come after it fail.
      if (process.spec.taskId !== 't3') process.isFrozen = true;
    };
    rig.service.deploy({ version: '2', variables: {} });
    await rig.clock.advance(900);
    expect(
      rig.service.deployments
        .all()
        .map(({ rolloutState }) => rolloutState)
        .slice(0, 2),
    ).toEqual(['COMPLETED', 'FAILED']);
  });

  test('goes on when the desired count changes in the middle', async () => {
    const rig = await ServiceRig.steady();
    rig.watchHealthy();
    rig.service.deploy({ version: '2', variables: {} });
    await rig.clock.advance(10);
    rig.service.setDesired(5);
    await rig.clock.advance(200);
    expect(rig.service.tasks().map(({ definition }) => definition.version)).toEqual(Array(5).fill('2'));
    expect(rig.leastHealthy).toBeGreaterThanOrEqual(2);
    expect(rig.service.isSteady).toBe(true);
  });
});

describe('scaling', () => {
  test('keeps the zones even, out and in', async () => {
    const rig = await ServiceRig.steady({ availabilityZones: ['a', 'b', 'c'] });
    for (const desired of [7, 6, 3, 4, 1]) {
      rig.service.setDesired(desired);
      await rig.clock.advance(120);
      expect(rig.service.isSteady).toBe(true);
      const zones = rig.zones();
      expect(zones).toHaveLength(desired);
      const counts = ['a', 'b', 'c'].map((zone) => zones.split(zone).length - 1);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(2);
    }
  });

  test('says what it does in ECS’s words', async () => {
    const rig = await ServiceRig.steady();
    const before = rig.messages().length;
    rig.service.setDesired(1);
    rig.service.setDesired(1);
    await rig.clock.advance(60);
    expect(rig.messages(before)).toEqual([
      'has stopped 1 running tasks: (task t2).',
      'deregistered 1 targets in (target-group api-targets)',
      'has begun draining connections on 1 tasks.',
      'has reached a steady state.',
    ]);
  });

  test('in while tasks still start cancels those and keeps the healthy ones', async () => {
    const rig = await ServiceRig.steady();
    const before = rig.messages().length;
    rig.service.setDesired(6);
    await rig.clock.advance(5);
    rig.service.setDesired(2);
    await rig.clock.advance(5);
    expect(rig.messages(before)).toEqual([
      'has started 4 tasks: (task t3) (task t4) (task t5) (task t6).',
      'has reached a steady state.',
    ]);
    expect(rig.ids()).toEqual(['t1', 't2']);
    expect(rig.service.isSteady).toBe(true);
  });

  test('is steady only when stopped tasks have left', async () => {
    const rig = await ServiceRig.steady();
    rig.service.setDesired(1);
    await rig.clock.advance(29);
    expect(rig.service.isSteady).toBe(false);
    expect(rig.service.counts()).toMatchObject({ running: 1, healthy: 1, draining: 1 });
    await rig.clock.advance(1);
    expect(rig.steadyAt).toEqual([2, 1]);
  });
});

describe('a zone that is lost', () => {
  test('has its tasks replaced in the others, and is filled again when it returns', async () => {
    const rig = await ServiceRig.steady({ capacity: { min: 0, max: 4, desired: 4 } });
    rig.service.loseZone('us-east-1b');
    await rig.clock.advance(600);
    // Nothing but the health checks notices it.
    expect(rig.zones()).toBe('aabb');
    expect(rig.targets.healthy()).toHaveLength(4);
    for (const id of rig.targets.outages.keys()) rig.targets.check(id);
    await rig.clock.advance(startSeconds + 5);
    expect(rig.zones()).toBe('aaaa');
    expect(rig.service.isSteady).toBe(true);

    rig.watchHealthy();
    rig.service.restoreZone('us-east-1b');
    await rig.clock.advance(10 * (startSeconds + 35));
    expect(rig.zones()).toBe('aabb');
    expect(rig.leastHealthy).toBeGreaterThanOrEqual(4);
    expect(rig.service.isSteady).toBe(true);
    const rest = rig.messages().length;
    await rig.clock.advance(3600);
    expect(rig.messages(rest)).toEqual([]);
  });

  test('takes tasks with it that have no process yet', async () => {
    const rig = new ServiceRig();
    await rig.clock.advance(1);
    rig.service.loseZone('us-east-1b');
    await rig.clock.advance(startSeconds + 5);
    expect(rig.zones()).toBe('aa');
    expect(rig.service.isSteady).toBe(true);
  });

  test('leaves nowhere to go when it was the last one, which is said once', async () => {
    const rig = await ServiceRig.steady({ assumptions: { deadTargetSeconds: { zoneLoss: 0 } } });
    const before = rig.messages().length;
    rig.service.loseZone('us-east-1a');
    rig.service.loseZone('us-east-1b');
    await rig.clock.advance(60);
    expect(rig.ids()).toEqual([]);
    const unable =
      'was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';
    expect(rig.messages(before).filter((message) => message === unable)).toHaveLength(1);
    rig.service.restoreZone('us-east-1a');
    await rig.clock.advance(startSeconds + 5);
    expect(rig.zones()).toBe('aa');
    expect(rig.service.isSteady).toBe(true);
  });
});
