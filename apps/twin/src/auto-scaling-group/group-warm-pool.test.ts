import { describe, expect, test } from '@jest/globals';
import {
  AutoScalingGroupRig,
  drainSeconds,
  startSeconds,
  warmStartSeconds,
  warmupSeconds,
} from '../../test/auto-scaling-group-rig.ts';

type Compute = NonNullable<NonNullable<ConstructorParameters<typeof AutoScalingGroupRig>[0]>['compute']>;

/** Two of five in service and healthy; three in the pool. */
const rigWith = (warmPool: Compute['warmPool'] = {}, over: Omit<Compute, 'warmPool'> = {}) =>
  AutoScalingGroupRig.steady({
    capacity: { min: 0, max: 5, desired: 2 },
    compute: { warmPool, ...over },
  });

/** Ids of the instances in a state. */
const inState = (rig: AutoScalingGroupRig, state: string): readonly string[] =>
  rig.group.instances().flatMap((instance) => (instance.state === state ? [instance.id] : []));

describe('a group with a warm pool', () => {
  test('launches into the pool what its maximum leaves, starts each once, and stops it', async () => {
    const rig = new AutoScalingGroupRig({
      capacity: { min: 0, max: 5, desired: 2 },
      compute: { warmPool: {} },
    });
    await rig.clock.advance(0);
    expect(rig.states()).toEqual(['Pending', 'Pending', ...Array<string>(3).fill('Warmed:Pending')]);
    expect(rig.messages()).toContain(
      'launches a new EC2 instance into warm pool: (instance i3) in us-east-1a, because its size is 3 and it had 0.',
    );
    await rig.clock.advance(startSeconds + 5);
    expect(inState(rig, 'Warmed:Stopped')).toEqual(['i3', 'i4', 'i5']);
    expect(rig.runtime.of('i3').signals).toEqual(['SIGTERM']);
    expect(rig.messages()).toContain('(instance i3) waits in the warm pool: Warmed:Stopped.');
    expect(rig.targets.healthy()).toEqual(['i1', 'i2']);
    expect(rig.group.counts()).toMatchObject({ desired: 2, running: 2, pending: 0, warmed: 3 });
    expect(rig.group.warmup()).toEqual({ warm: 0, warming: 2 });
  });

  test('keeps every launch from service until its application listens, as the hook does', async () => {
    const rig = new AutoScalingGroupRig({
      capacity: { min: 0, max: 5, desired: 2 },
      compute: { warmPool: {} },
    });
    await rig.clock.advance(startSeconds - 1);
    expect(inState(rig, 'Pending')).toEqual(['i1', 'i2']);
    await rig.clock.advance(1);
    expect(inState(rig, 'InService')).toEqual(['i1', 'i2']);
    await rig.clock.advance(warmupSeconds - 1);
    expect(rig.group.warmup().warm).toBe(0);
    await rig.clock.advance(1);
    expect(rig.group.warmup().warm).toBe(2);
  });

  test('takes from the pool first, and launches anew when it is depleted', async () => {
    const rig = await rigWith({ minSize: 1, maxGroupPreparedCapacity: 1 });
    rig.group.setDesired(4);
    await rig.clock.advance(0);
    expect(rig.messages()).toContain(
      'launches a new EC2 instance from warm pool: (instance i3) in us-east-1a, because desired capacity is 4 and actual capacity was 2.',
    );
    expect(inState(rig, 'Pending')).toEqual(['i3', 'i4']);
    await rig.clock.advance(warmStartSeconds + 1);
    expect(rig.targets.healthy()).toEqual(['i1', 'i2', 'i3']);
    await rig.clock.advance(startSeconds);
    expect(rig.targets.healthy()).toEqual(['i1', 'i2', 'i3', 'i4']);
    expect(inState(rig, 'Warmed:Stopped')).toEqual(['i5']);
    expect(rig.group.isSteady).toBe(true);
  });

  test('keeps a running one running, and has it in service sooner', async () => {
    const rig = await rigWith({ poolState: 'Running' });
    expect(inState(rig, 'Warmed:Running')).toEqual(['i3', 'i4', 'i5']);
    const process = rig.runtime.of('i3');
    expect(process.signals).toEqual([]);
    rig.group.setDesired(3);
    await rig.clock.advance(warmStartSeconds + 1);
    expect(rig.targets.healthy()).toEqual(['i1', 'i2', 'i3']);
    expect(rig.runtime.of('i3')).toBe(process);
  });

  test('terminates at a scale-in, and launches another into the pool', async () => {
    const rig = await rigWith();
    rig.group.setDesired(1);
    await rig.clock.advance(drainSeconds + startSeconds + 5);
    expect(rig.ids()).toEqual(['i2', 'i3', 'i4', 'i5', 'i6']);
    expect(inState(rig, 'Warmed:Stopped')).toEqual(['i3', 'i4', 'i5', 'i6']);
  });

  test('takes instances back at a scale-in where it reuses them, drained, and takes them again', async () => {
    const rig = await rigWith({ instanceReusePolicy: { reuseOnScaleIn: true } });
    rig.group.setDesired(1);
    await rig.clock.advance(0);
    expect(rig.messages()).toContain(
      'returns an EC2 instance to the warm pool: (instance i1), because desired capacity is 1 and actual capacity was 2.',
    );
    expect(inState(rig, 'Warmed:Pending')).toEqual(['i1']);
    expect(rig.runtime.of('i1').signals).toEqual([]);
    await rig.clock.advance(drainSeconds);
    expect(inState(rig, 'Warmed:Stopped')).toEqual(['i1', 'i3', 'i4', 'i5']);
    expect(rig.runtime.of('i1').signals).toEqual(['SIGTERM']);
    rig.group.setDesired(5);
    await rig.clock.advance(warmStartSeconds + 1);
    expect(rig.targets.healthy()).toEqual(expect.arrayContaining(['i1', 'i2', 'i3', 'i4', 'i5']));
    expect(rig.group.counts()).toMatchObject({ running: 5, warmed: 0 });
    expect(rig.group.warmup()).toEqual({ warm: 0, warming: 5 });
  });

  test('ends an instance of the pool that is terminated or lost, and launches another into it', async () => {
    const rig = await rigWith();
    rig.group.instance('i3')!.lose('instance-loss');
    rig.group.terminate(rig.group.instance('i4')!);
    await rig.clock.advance(startSeconds + 5);
    expect(inState(rig, 'Warmed:Stopped')).toEqual(['i5', 'i6', 'i7']);
    expect(rig.group.counts()).toMatchObject({ running: 2, warmed: 3 });
  });

  test('gives up an instance whose application does not listen before the hook’s time is over', async () => {
    const rig = await rigWith();
    rig.runtime.onStart = () => undefined;
    rig.group.setDesired(3);
    // Its application is started after three tenths of the start.
    await rig.clock.advance(warmStartSeconds * 0.3 + 599);
    expect(rig.group.instance('i3')?.state).toBe('Pending');
    await rig.clock.advance(1);
    expect(rig.messages().join('\n')).toContain('no answer within the 600 s of its lifecycle hook');
    expect(rig.group.instance('i3')?.isActive).not.toBe(true);
  });

  test('shrinks and grows with a maximum that a scheduled action moves', async () => {
    const rig = await rigWith();
    rig.group.setMaximum(3);
    await rig.clock.advance(0);
    expect(rig.group.counts().warmed).toBe(1);
    expect(rig.messages().join('\n')).toContain('because the pool is larger than it is to be');
    rig.group.setMaximum(6);
    await rig.clock.advance(startSeconds);
    expect(inState(rig, 'Warmed:Stopped')).toHaveLength(4);
  });

  test('loses the instances of a zone in the pool too, and launches in the other', async () => {
    const rig = await rigWith();
    rig.group.loseZone('us-east-1a');
    // Status checks notice the loss of an instance in service after 120 s.
    await rig.clock.advance(120 + 2 * startSeconds);
    expect(new Set(rig.group.instances().map(({ availabilityZone }) => availabilityZone))).toEqual(
      new Set(['us-east-1b']),
    );
    expect(rig.group.counts()).toMatchObject({ healthy: 2, warmed: 3 });
  });

  test('is refreshed after its group, from which no old one is taken meanwhile', async () => {
    const rig = await rigWith({}, { warmupSeconds: 60 });
    await rig.clock.advance(60);
    rig.group.startRefresh({ version: '2', variables: {} });
    await rig.clock.advance(0);
    expect(rig.messages().join('\n')).not.toContain('from warm pool');
    await rig.clock.advance(startSeconds + 60);
    expect(rig.group.refreshes.all()[0]).toMatchObject({ status: 'InProgress', percentageComplete: 100 });
    expect(rig.messages()).toContain(
      'terminates an EC2 instance of the warm pool: (instance i3), because an instance refresh replaces it.',
    );
    await rig.clock.advance(startSeconds + drainSeconds);
    expect(rig.group.refreshes.all()[0]?.status).toBe('Successful');
    expect(new Set(rig.group.instances().map(({ template }) => template.version))).toEqual(new Set(['2']));
    expect(inState(rig, 'Warmed:Stopped')).toHaveLength(3);
  });
});
