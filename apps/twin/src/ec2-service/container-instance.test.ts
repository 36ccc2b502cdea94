import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { ContainerInstance } from './container-instance.ts';

const task = { cpuUnits: 256, memoryMiB: 512 };

async function active() {
  const clock = new VirtualClock();
  const states: string[] = [];
  const instance = new ContainerInstance({
    id: 'i-1',
    containerInstanceId: 'c1',
    availabilityZone: 'us-east-1a',
    size: { cpuUnits: 1024, memoryMiB: 1836 },
    startSeconds: 60,
    clock,
    onChange: ({ state }) => states.push(state),
  });
  await clock.advance(60);
  return { instance, states, clock };
}

describe('a container instance', () => {
  test('registers when it has booted', async () => {
    const { instance, states } = await active();
    expect(instance.state).toBe('ACTIVE');
    expect(states).toEqual(['ACTIVE']);
  });

  test('gives each task a port of its own, and gets back what it had reserved', async () => {
    const { instance } = await active();
    expect([instance.reserve('t1', task), instance.reserve('t2', task)]).toEqual([32_768, 32_769]);
    expect(instance.remaining).toEqual({ cpuUnits: 512, memoryMiB: 812 });
    instance.release('t1');
    instance.release('t1');
    expect(instance.remaining).toEqual({ cpuUnits: 768, memoryMiB: 1324 });
    expect(instance.reserve('t3', task)).toBe(32_770);
    expect(instance.taskIds).toEqual(['t2', 't3']);
  });

  test('begins again at the first port after the last, and leaves out those in use', async () => {
    const { instance } = await active();
    instance.reserve('stays', task);
    for (let port = 32_769; port <= 60_999; port += 1) {
      expect(instance.reserve('passes', task)).toBe(port);
      instance.release('passes');
    }
    expect(instance.reserve('next', task)).toBe(32_769);
  });

  test('drains until its last task has left', async () => {
    const { instance, states } = await active();
    instance.reserve('t1', task);
    instance.drain();
    expect([instance.state, instance.isKept]).toEqual(['DRAINING', false]);
    instance.release('t1');
    expect(states).toEqual(['ACTIVE', 'DRAINING', 'INACTIVE']);
  });

  test('goes at once when it is empty, or lost, and stays gone', async () => {
    const { instance, clock } = await active();
    instance.lose();
    expect([instance.state, instance.isKept, instance.takesTasks]).toEqual(['ACTIVE', true, false]);
    instance.end();
    instance.drain();
    await clock.advance(600);
    expect(instance.state).toBe('INACTIVE');
    const empty = await active();
    empty.instance.drain();
    expect(empty.states).toEqual(['ACTIVE', 'INACTIVE']);
  });
});
