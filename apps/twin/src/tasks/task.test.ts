import { describe, expect, test } from '@jest/globals';
import { FakeTargetGroup } from '../../test/fake-target-group.ts';
import { FakeTaskRuntime } from '../../test/fake-task-runtime.ts';
import { atOnce } from '../../test/at-once.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { type NoticedAfterSeconds, Task } from './task.ts';

function start(
  options: {
    readonly deregistrationDelaySeconds?: number;
    readonly noticed?: Partial<NoticedAfterSeconds>;
  } = {},
) {
  const clock = new VirtualClock();
  const runtime = new FakeTaskRuntime();
  const targets = new FakeTargetGroup({
    clock,
    ...options,
    passes: () => true,
    onChange: () => undefined,
  });
  const states: string[] = [];
  const task = new Task({
    id: 'one',
    availabilityZone: 'us-east-1a',
    definition: { revision: 3, version: '7', variables: { COLOUR: 'green' } },
    startSeconds: 20,
    stopTimeoutSeconds: 30,
    noticedAfterSeconds: { ...atOnce, ...options.noticed },
    clock,
    runtime,
    targets,
    onChange: ({ state }) => states.push(`${clock.now()} ${state}`),
  });
  return { clock, runtime, targets, states, task };
}

const lifeUntilRunning = ['0 PROVISIONING', '8 PENDING', '16 ACTIVATING', '20 RUNNING'];

describe('Task', () => {
  test('walks through every state of the ECS lifecycle, from its creation to STOPPED', async () => {
    const { clock, runtime, states, task } = start();
    await clock.advance(100);
    expect(states).toEqual(lifeUntilRunning);
    expect(task.runningSinceSeconds).toBe(20);
    expect(runtime.of('one').spec).toEqual({
      taskId: 'one',
      availabilityZone: 'us-east-1a',
      version: '7',
      variables: { COLOUR: 'green' },
    });

    task.stop('Scaling activity');
    expect(task.isActive).toBe(false);
    await clock.advance(100);
    expect(states.slice(4)).toEqual(['100 DEACTIVATING', '130 STOPPING', '130 STOPPED']);
    expect(runtime.of('one').signals).toEqual(['SIGTERM']);
    expect(task.stoppedReason).toBe('Scaling activity');
    expect(task.endedByItself).toBe(false);
  });

  test('registers its target once it listens, however long that takes', async () => {
    const { clock, runtime, states, targets } = start();
    runtime.onStart = () => undefined;
    await clock.advance(50);
    expect(states.at(-1)).toBe('8 PENDING');
    expect(targets.targets()).toEqual([]);
    runtime.of('one').listen();
    await clock.advance(1);
    expect(states.slice(2)).toEqual(['50 ACTIVATING', '50 RUNNING']);
    expect(targets.targets()).toHaveLength(1);
  });

  test('the first reason to stop stays', async () => {
    const { clock, task } = start();
    await clock.advance(30);
    task.stop('first');
    task.stop('second');
    await clock.advance(60);
    expect(task.stoppedReason).toBe('first');
  });

  test('stopped while PROVISIONING, it never starts a process', async () => {
    const { clock, runtime, states, task } = start();
    await clock.advance(1);
    task.stop('not needed');
    await task.stopped;
    await clock.advance(60);
    expect(states).toEqual(['0 PROVISIONING', '1 STOPPED']);
    expect(runtime.processes.size).toBe(0);
  });

  test('stopped while PENDING, it ends its process without a target', async () => {
    const { clock, runtime, states, targets, task } = start();
    runtime.onStart = () => undefined;
    await clock.advance(10);
    task.stop('not needed');
    await clock.advance(60);
    expect(states).toEqual(['0 PROVISIONING', '8 PENDING', '10 STOPPING', '10 STOPPED']);
    expect(targets.targets()).toEqual([]);
  });

  test('stopped while ACTIVATING, it drains its target first', async () => {
    const { clock, states, task } = start();
    await clock.advance(17);
    task.stop('not needed');
    await clock.advance(60);
    expect(states.slice(3)).toEqual(['17 DEACTIVATING', '47 STOPPING', '47 STOPPED']);
  });

  test('a process that does not end on SIGTERM gets SIGKILL after the stop timeout', async () => {
    const { clock, runtime, states, task } = start();
    await clock.advance(30);
    runtime.of('one').isDeaf = true;
    task.stop('Scaling activity');
    await clock.advance(30 + 29);
    expect(runtime.of('one').signals).toEqual(['SIGTERM']);
    await clock.advance(1);
    expect(runtime.of('one').signals).toEqual(['SIGTERM', 'SIGKILL']);
    expect(states.at(-1)).toBe('90 STOPPED');
  });

  test('a process that dies takes its task out of rotation at once where that is noticed at once', async () => {
    const { clock, runtime, states, targets, task } = start();
    await clock.advance(30);
    runtime.of('one').kill();
    await task.stopped;
    expect(clock.now()).toBe(30);
    expect(states.slice(4)).toEqual(['30 DEACTIVATING', '30 STOPPING', '30 STOPPED']);
    expect(targets.healthy()).toEqual([]);
    expect(task.endedByItself).toBe(true);
    expect(task.stoppedReason).toBe('Essential container in task exited (SIGKILL)');
  });

  test('a process that dies while it drains ends the wait', async () => {
    const { clock, runtime, states, task } = start();
    await clock.advance(30);
    task.stop('Scaling activity');
    await clock.advance(5);
    runtime.of('one').exit({ code: 1, signal: null });
    await clock.advance(1);
    expect(states.slice(5)).toEqual(['35 STOPPING', '35 STOPPED']);
    expect(task.endedByItself).toBe(false);
  });

  test('a process that ends before it listens is a failed start, with its last words', async () => {
    const { clock, runtime, states, task } = start();
    runtime.onStart = (process) =>
      process.exit({ code: 2, signal: null }, 'exit code 2: PORT must be a number');
    await clock.advance(60);
    expect(states).toEqual(['0 PROVISIONING', '8 PENDING', '8 STOPPING', '8 STOPPED']);
    expect(task.stoppedReason).toBe('CannotStartContainerError: exit code 2: PORT must be a number');
    expect(task.endedByItself).toBe(true);
    expect(task.runningSinceSeconds).toBeUndefined();
  });

  test('a process that ends after it listened, before RUNNING, says how it ended', async () => {
    const { clock, runtime, task } = start();
    await clock.advance(18);
    runtime.of('one').exit({ code: 3, signal: null });
    await task.stopped;
    expect(task.stoppedReason).toBe('Essential container in task exited (exit code 3)');
    expect(task.endedByItself).toBe(true);
  });

  test('killed and noticed, it leaves rotation in the same moment and is STOPPED once its process has ended', async () => {
    const { clock, runtime, states, targets, task } = start();
    await clock.advance(30);
    const process = runtime.of('one');
    process.kill = () => undefined;
    task.kill();
    await Promise.resolve();
    await clock.advance(0);
    expect(targets.healthy()).toEqual([]);
    expect(states.slice(4)).toEqual(['30 DEACTIVATING', '30 STOPPING']);
    process.exit({ code: null, signal: 'SIGKILL' });
    await task.stopped;
    expect(task.stoppedReason).toBe('Essential container in task exited (SIGKILL)');
    expect(task.endedByItself).toBe(true);
  });

  test('killed before it has a process, it never starts one', async () => {
    const { clock, runtime, task } = start();
    await clock.advance(1);
    task.kill();
    await task.stopped;
    await clock.advance(60);
    expect(runtime.processes.size).toBe(0);
    expect(task.endedByItself).toBe(false);
  });

  test('killed while its process starts, it has ended by itself', async () => {
    const { clock, runtime, task } = start();
    runtime.onStart = () => undefined;
    await clock.advance(10);
    task.kill();
    await task.stopped;
    expect(task.endedByItself).toBe(true);
    expect(runtime.of('one').signals).toEqual(['SIGKILL']);
  });

  describe('whose death has yet to be noticed', () => {
    test('stays RUNNING with its dead target in rotation, for as long as the service does not know', async () => {
      const { clock, runtime, states, targets, task } = start({ noticed: { 'task-exit': 5 } });
      await clock.advance(30);
      runtime.of('one').exit({ code: 137, signal: null });
      await clock.advance(4.9);
      expect(task).toMatchObject({ state: 'RUNNING', isActive: true });
      expect(targets.healthy()).toEqual(['one']);
      expect(targets.outages.get('one')).toEqual({ fault: 'task-exit', onPurpose: false });
      await clock.advance(0.1);
      expect(states.slice(4)).toEqual(['35 DEACTIVATING', '35 STOPPING', '35 STOPPED']);
      expect(task.stoppedReason).toBe('Essential container in task exited (exit code 137)');
      expect(task.endedByItself).toBe(true);
    });

    test('is on purpose where it was killed, and its target is dead before its process is', async () => {
      const { clock, runtime, targets, task } = start({ noticed: { 'task-exit': 5 } });
      await clock.advance(30);
      let diedFirst = false;
      runtime.of('one').kill = () => (diedFirst = targets.outages.has('one'));
      task.kill();
      expect(diedFirst).toBe(true);
      expect(targets.outages.get('one')).toEqual({ fault: 'task-exit', onPurpose: true });
    });

    test('ends sooner when the service stops the task for its failed health checks', async () => {
      const { clock, states, task } = start({ noticed: { 'zone-loss': Infinity } });
      await clock.advance(30);
      task.lose('zone-loss', 'The zone was lost');
      await clock.advance(3600);
      expect(task.state).toBe('RUNNING');
      task.stop('Task failed ELB health checks');
      await clock.advance(0);
      expect(states.slice(4)).toEqual(['3630 DEACTIVATING', '3630 STOPPING', '3630 STOPPED']);
      expect(task.stoppedReason).toBe('Task failed ELB health checks');
    });

    test('keeps the first fault: a task that was killed is not lost again with its zone', async () => {
      const { clock, targets, task } = start({ noticed: { 'task-exit': 5, 'zone-loss': 60 } });
      await clock.advance(30);
      task.kill();
      task.lose('zone-loss', 'The zone was lost');
      await clock.advance(5);
      expect(targets.outages.get('one')?.fault).toBe('task-exit');
      expect(task).toMatchObject({
        state: 'STOPPED',
        stoppedReason: 'Essential container in task exited (SIGKILL)',
      });
    });

    test('needs no time while it has no target', async () => {
      const { clock, task } = start({ noticed: { 'instance-loss': 120 } });
      await clock.advance(10);
      task.lose('instance-loss', 'Host EC2 (instance i-1) terminated');
      await clock.advance(0);
      expect(task).toMatchObject({ state: 'STOPPED', stoppedReason: 'Host EC2 (instance i-1) terminated' });
    });
  });
});
