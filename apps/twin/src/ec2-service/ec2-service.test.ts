import { describe, expect, test } from '@jest/globals';
import { Ec2ServiceRig, instanceStartSeconds, taskStartSeconds } from '../../test/ec2-service-rig.ts';

const alone = { taskPerInstance: true, instances: { min: 1, max: 3 } };

describe('a service on instances', () => {
  test('starts once its first instance has registered, and says each step in the words of ECS and EC2 Auto Scaling', async () => {
    const rig = await Ec2ServiceRig.steady(alone);
    expect(rig.layout()).toBe('a1');
    expect(rig.messages()).toEqual([
      '(auto-scaling-group api) Launching a new EC2 instance: # in us-east-1a. An instance was started in response to a difference between desired and actual capacity, increasing the capacity from 0 to 1.',
      '(service api) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your capacity provider. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
      '(cluster tideline-dev) registered (instance #) as (container-instance #); its status is ACTIVE.',
      '(service api) has started 1 tasks: (task #).',
      '(service api) registered 1 targets in (target-group api)',
      '(service api) (deployment ecs-svc/0001) deployment completed.',
      '(service api) has reached a steady state.',
    ]);
  });

  test('has its instances follow its tasks, one in each zone', async () => {
    const rig = await Ec2ServiceRig.steady(alone);
    const before = rig.messages().length;
    await rig.scaleTo(3);
    expect(rig.layout()).toBe('a1 b1 a1');
    expect(rig.taskStates()).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
    expect(rig.service.isSteady).toBe(true);
    expect(rig.reservations().slice(0, 3)).toEqual([100, 300, 100]);
    expect(rig.messages(before)).toEqual([
      '(service api) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance #) encountered error "DistinctInstance placement constraint unsatisfied.". For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
      '(auto-scaling-group api) Managed scaling changed the desired capacity from 1 to 3.',
      '(auto-scaling-group api) Launching a new EC2 instance: # in us-east-1b. An instance was started in response to a difference between desired and actual capacity, increasing the capacity from 1 to 2.',
      '(auto-scaling-group api) Launching a new EC2 instance: # in us-east-1a. An instance was started in response to a difference between desired and actual capacity, increasing the capacity from 2 to 3.',
      '(cluster tideline-dev) registered (instance #) as (container-instance #); its status is ACTIVE.',
      '(service api) has started 1 tasks: (task #).',
      '(service api) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance #) encountered error "DistinctInstance placement constraint unsatisfied.". For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
      '(cluster tideline-dev) registered (instance #) as (container-instance #); its status is ACTIVE.',
      '(service api) has started 1 tasks: (task #).',
      '(service api) registered 1 targets in (target-group api)',
      '(service api) registered 1 targets in (target-group api)',
      '(service api) has reached a steady state.',
    ]);
    expect(rig.managed.observe().activities).toMatchObject([{ from: 1, to: 3, status: 'Successful' }]);
  });

  test('packs tasks onto the instances there are before it needs more', async () => {
    const rig = await Ec2ServiceRig.steady();
    await rig.scaleTo(3);
    expect(rig.layout()).toBe('a3');
    await rig.scaleTo(4);
    expect(rig.layout()).toBe('a3 b1');
  });

  test('gives instances up after a quarter of an hour, only empty ones, down to its minimum', async () => {
    const rig = await Ec2ServiceRig.steady(alone);
    await rig.scaleTo(3);
    rig.service.setDesired(1);
    await rig.clock.advance(14 * 60);
    expect(rig.group.instances()).toHaveLength(3);
    await rig.clock.advance(6 * 60);
    expect(rig.layout()).toMatch(/^[ab]1$/);
    expect(rig.managed.observe()).toMatchObject({
      instances: { desired: 1, registering: 0, active: 1, draining: 0 },
      activities: [{}, { from: 3, to: 2, status: 'Successful' }, { from: 2, to: 1, status: 'Successful' }],
    });
    const rest = rig.messages().length;
    await rig.clock.advance(3600);
    expect(rig.messages(rest)).toEqual([]);
  });

  test('goes from no instance to two, and back to none', async () => {
    const rig = new Ec2ServiceRig(
      { ...alone, instances: { min: 0, max: 3 } },
      { capacity: { min: 0, max: 3, desired: 0 } },
    );
    await rig.clock.advance(600);
    expect(rig.layout()).toBe('');
    await rig.scaleTo(1);
    expect(rig.group.instances()).toHaveLength(2);
    expect(rig.taskStates()).toEqual(['RUNNING']);
    rig.service.setDesired(0);
    await rig.clock.advance(30 * 60);
    expect(rig.layout()).toBe('');
  });

  test('launches no second step before the first one is warm', async () => {
    const rig = await Ec2ServiceRig.steady({
      ...alone,
      instances: { min: 1, max: 9 },
      instanceWarmupSeconds: 600,
    });
    await rig.clock.advance(600);
    await rig.scaleTo(2);
    const [, second] = rig.group.instances();
    await rig.scaleTo(4);
    expect(rig.group.instances()).toHaveLength(2);
    expect(rig.managed.observe().activities.at(-1)).toMatchObject({ from: 2, to: 2, status: 'NotScaled' });
    expect(rig.managed.observe().activities.at(-1)?.cause).toMatch(/1 of 2 instances warms up$/);
    await rig.clock.advance(600);
    const [, , third] = rig.group.instances();
    expect(rig.group.instances()).toHaveLength(4);
    expect(third?.launchedAtSeconds).toBeGreaterThanOrEqual((second?.launchedAtSeconds ?? Infinity) + 600);
  });

  test('gives up half of the instances a minute once they have been empty for fifteen', async () => {
    const rig = await Ec2ServiceRig.steady({ ...alone, instances: { min: 1, max: 9 } });
    await rig.scaleTo(9);
    await rig.scaleTo(1);
    await rig.clock.advance(40 * 60);
    const steps = rig.managed.observe().activities.map(({ from, to }) => [from, to]);
    expect(steps).toEqual([
      [1, 9],
      [9, 5],
      [5, 3],
      [3, 2],
      [2, 1],
    ]);
  });

  test('gives a task of an instance a dynamic host port of the ephemeral range', async () => {
    const rig = await Ec2ServiceRig.steady();
    await rig.scaleTo(3);
    expect(rig.service.tasks().map(({ host }) => host?.hostPort)).toEqual([32_768, 32_769, 32_770]);
  });
});

describe('tasks that find no room', () => {
  test('wait in PROVISIONING, which is said once, and start when there is room', async () => {
    const rig = await Ec2ServiceRig.steady({ ...alone, instances: { min: 1, max: 1 } });
    const before = rig.messages().length;
    await rig.scaleTo(2);
    await rig.clock.advance(3600);
    expect(rig.taskStates()).toEqual(['RUNNING', 'PROVISIONING']);
    expect(rig.messages(before)).toEqual([
      '(service api) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance #) encountered error "DistinctInstance placement constraint unsatisfied.". For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
    ]);
    expect(rig.reservations().at(-1)).toBe(200);
    expect(rig.managed.observe().activities).toMatchObject([
      { from: 1, to: 1, status: 'NotScaled', reasonCode: 'AlreadyAtMaxCapacity' },
    ]);

    rig.service.tasks()[0]?.kill();
    await rig.clock.advance(taskStartSeconds + 60);
    expect(rig.taskStates().toSorted()).toEqual(['PROVISIONING', 'RUNNING']);
  });

  test('are given up first when fewer are desired', async () => {
    const rig = await Ec2ServiceRig.steady({ ...alone, instances: { min: 1, max: 1 } });
    const [first] = rig.service.tasks();
    await rig.scaleTo(3);
    await rig.scaleTo(1);
    expect(rig.service.tasks()).toEqual([first]);
    expect(rig.service.isSteady).toBe(true);
  });
});

describe('an instance', () => {
  test('that is lost takes its tasks with it; both are replaced', async () => {
    const rig = await Ec2ServiceRig.steady(alone);
    const [victim] = rig.group.instances();
    const [task] = rig.service.tasks();
    const before = rig.messages().length;
    rig.group.lose(victim!, 'instance-loss');
    await rig.clock.advance(119);
    expect(rig.messages(before)).toEqual([]);
    expect(rig.targets.healthy()).toEqual([task?.id]);
    expect(rig.targets.outages.get(task!.id)).toEqual({ fault: 'instance-loss', onPurpose: true });
    await rig.clock.advance(1 + instanceStartSeconds + taskStartSeconds + 60);
    expect(rig.group.instances()).toHaveLength(1);
    expect(rig.group.instances()).not.toContain(victim);
    expect(rig.taskStates()).toEqual(['RUNNING']);
    expect(rig.service.tasks()).not.toContain(task);
    expect(rig.service.isSteady).toBe(true);
    expect(rig.messages(before)).toEqual([
      '(auto-scaling-group api) Terminating EC2 instance: #. An instance was taken out of service in response to an EC2 instance status checks failure.',
      '(cluster tideline-dev) deregistered (container-instance #); (instance #) is terminated.',
      '(auto-scaling-group api) Launching a new EC2 instance: # in us-east-1a. An instance was started in response to a difference between desired and actual capacity, increasing the capacity from 0 to 1.',
      '(service api) deregistered 1 targets in (target-group api)',
      '(service api) has begun draining connections on 1 tasks.',
      '(service api) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your capacity provider. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
      '(service api) (task #) stopped: Host EC2 (instance #) terminated.',
      '(cluster tideline-dev) registered (instance #) as (container-instance #); its status is ACTIVE.',
      '(service api) has started 1 tasks: (task #).',
      '(service api) registered 1 targets in (target-group api)',
      '(service api) has reached a steady state.',
    ]);
  });

  test('that is terminated in order keeps its tasks until others have taken over', async () => {
    const rig = await Ec2ServiceRig.steady(alone);
    const [leaving] = rig.group.instances();
    rig.group.terminate(leaving!);
    await rig.clock.advance(instanceStartSeconds + taskStartSeconds / 2);
    expect(leaving?.state).toBe('DRAINING');
    expect(rig.targets.healthy()).toHaveLength(1);
    await rig.clock.advance(120);
    expect(leaving?.state).toBe('INACTIVE');
    expect(rig.layout()).toMatch(/^[ab]1$/);
    expect(rig.service.isSteady).toBe(true);
  });

  test('of a zone that is lost is replaced in the others', async () => {
    const rig = await Ec2ServiceRig.steady(alone);
    await rig.scaleTo(3);
    rig.service.loseZone('us-east-1a');
    await rig.clock.advance(120 + instanceStartSeconds + taskStartSeconds + 60);
    expect(rig.layout()).toBe('b1 b1 b1');
    expect(rig.taskStates()).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
  });

  test('is not launched while no zone is available, which is said once', async () => {
    const rig = await Ec2ServiceRig.steady(alone);
    rig.service.loseZone('us-east-1a');
    rig.service.loseZone('us-east-1b');
    await rig.clock.advance(600);
    expect(rig.layout()).toBe('');
    const failed =
      '(auto-scaling-group api) Launching a new EC2 instance failed: no Availability Zone is available.';
    expect(rig.messages().filter((message) => message === failed)).toHaveLength(1);
    rig.service.restoreZone('us-east-1b');
    await rig.clock.advance(600);
    expect(rig.layout()).toMatch(/^b1/);
    expect(rig.taskStates()).toEqual(['RUNNING']);
  });
});

describe('a deployment on instances', () => {
  test('starts new tasks on instances of their own, and never has fewer healthy ones than desired', async () => {
    const rig = await Ec2ServiceRig.steady(alone);
    rig.service.deploy({ version: '2', variables: {} });
    await rig.clock.advance(600);
    expect(rig.service.tasks().map(({ definition }) => definition.version)).toEqual(['2']);
    expect(rig.service.isRollingOut).toBe(false);
  });

  test('waits without room, and goes on when the service gives room', async () => {
    const rig = await Ec2ServiceRig.steady({ ...alone, instances: { min: 1, max: 1 } });
    rig.service.deploy({ version: '2', variables: {} });
    await rig.clock.advance(3600);
    expect(rig.taskStates()).toEqual(['RUNNING', 'PROVISIONING']);
    rig.service.tasks()[0]?.kill();
    await rig.clock.advance(600);
    expect(rig.service.tasks().map(({ definition, state }) => [definition.version, state])).toEqual([
      ['2', 'RUNNING'],
    ]);
  });

  test('without room goes on one task at a time where the minimum spares one', async () => {
    const rig = await Ec2ServiceRig.steady(alone, { deployment: { minimumHealthyPercent: 66 } });
    await rig.scaleTo(3);
    expect(rig.layout().split(' ')).toHaveLength(3);
    rig.service.deploy({ version: '2', variables: {} });
    let fewest = Infinity;
    for (let second = 0; second < 600; second += 1) {
      await rig.clock.advance(1);
      fewest = Math.min(fewest, rig.targets.healthy().length);
    }
    expect(fewest).toBe(2);
    expect(rig.service.isRollingOut).toBe(false);
    expect(rig.service.tasks().map(({ definition }) => definition.version)).toEqual(['2', '2', '2']);
    expect(rig.group.instances()).toHaveLength(3);
  });
});
