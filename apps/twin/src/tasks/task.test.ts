import { describe, expect, test } from '@jest/globals';
import { FakeTargetGroup } from '../../test/fake-target-group.ts';
import { FakeTaskRuntime } from '../../test/fake-task-runtime.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { Task } from './task.ts';

function start(options: { readonly deregistrationDelaySeconds?: number } = {}) {
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

  test('a process that dies takes its task out of rotation at once', async () => {
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

  test('losing its host kills its process, or keeps it from starting one', async () => {
    const running = start();
    await running.clock.advance(30);
    running.task.loseHost();
    await running.task.stopped;
    expect(running.runtime.of('one').signals).toEqual(['SIGKILL']);
    expect(running.task.endedByItself).toBe(true);

    const provisioning = start();
    await provisioning.clock.advance(1);
    provisioning.task.loseHost();
    await provisioning.task.stopped;
    expect(provisioning.runtime.processes.size).toBe(0);
  });
});
