import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { VirtualTimers } from '../../../test/virtual-timers.ts';
import { DueQueue } from './due-queue.ts';

describe('due queue', () => {
  test('tasks run in the order they are due, none early by more than half a millisecond', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { maxLength: 100 }), (dues) => {
        const timers = new VirtualTimers();
        const queue = new DueQueue(timers);
        const ran: number[] = [];
        for (const dueMs of dues) {
          queue.add({
            dueMs,
            run: (due) => {
              expect(timers.now()).toBeGreaterThanOrEqual(due - 0.5);
              ran.push(due);
            },
          });
        }
        timers.advanceTo(1001);
        expect(ran).toEqual([...dues].sort((left, right) => left - right));
      }),
    );
  });

  test('a cancelled task does not run, and the one after it does', () => {
    const timers = new VirtualTimers();
    const queue = new DueQueue(timers);
    const ran: string[] = [];
    const first = queue.add({ dueMs: 10, run: () => ran.push('first') });
    queue.add({ dueMs: 20, run: () => ran.push('second') });
    queue.cancel(first);
    timers.advanceTo(30);
    expect(ran).toEqual(['second']);
  });

  test('an earlier task that is added later runs first', () => {
    const timers = new VirtualTimers();
    const queue = new DueQueue(timers);
    const ran: number[] = [];
    for (const dueMs of [50, 20, 30]) queue.add({ dueMs, run: (due) => ran.push(due) });
    timers.advanceTo(25);
    expect(ran).toEqual([20]);
    timers.advanceTo(60);
    expect(ran).toEqual([20, 30, 50]);
  });

  test('tasks that add tasks go on for as long as they do', () => {
    const timers = new VirtualTimers();
    const queue = new DueQueue(timers);
    let runs = 0;
    const again = (dueMs: number): void => {
      runs += 1;
      queue.add({ dueMs: dueMs + 10, run: again });
    };
    queue.add({ dueMs: 0, run: again });
    timers.advanceTo(95);
    expect(runs).toBe(10);
  });

  test('nothing runs once it is cleared', () => {
    const timers = new VirtualTimers();
    const queue = new DueQueue(timers);
    const ran: number[] = [];
    queue.add({ dueMs: 10, run: (due) => ran.push(due) });
    queue.clear();
    timers.advanceTo(20);
    expect(ran).toEqual([]);
  });
});
