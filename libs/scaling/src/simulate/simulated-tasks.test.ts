import { expect, test } from '@jest/globals';
import { SimulatedTasks } from './simulated-tasks.ts';

const fleet = (running: number, min = 20, max = 20) =>
  new SimulatedTasks(running, { startSeconds: { min, max }, seed: 1 });

test('a task that is asked for runs after its start, at that very second', () => {
  const tasks = fleet(2);
  tasks.setDesired(4, 100);
  expect([tasks.running, tasks.nextChangeSeconds]).toEqual([2, 120]);
  tasks.advance(119);
  expect(tasks.running).toBe(2);
  tasks.advance(120);
  expect([tasks.running, tasks.measured, tasks.nextChangeSeconds]).toEqual([4, 4, Infinity]);
});

test('tasks that are on their way are given up first', () => {
  const tasks = fleet(2);
  tasks.setDesired(5, 100);
  tasks.setDesired(3, 110);
  tasks.advance(120);
  expect([tasks.running, tasks.nextChangeSeconds]).toEqual([3, Infinity]);
});

test('a running task that is not wanted any longer stops at once', () => {
  const tasks = fleet(4);
  tasks.setDesired(3, 100);
  expect([tasks.running, tasks.nextChangeSeconds]).toEqual([3, Infinity]);
});

test('starts take from the least to the most time, the soonest first', () => {
  const tasks = fleet(0, 10, 30);
  tasks.setDesired(50, 100);
  const starts: number[] = [];
  while (tasks.running < 50) {
    starts.push(tasks.nextChangeSeconds - 100);
    tasks.advance(tasks.nextChangeSeconds);
  }
  expect(starts).toEqual([...starts].sort((one, other) => one - other));
  expect(Math.min(...starts)).toBeGreaterThanOrEqual(10);
  expect(Math.min(...starts)).toBeLessThan(12);
  expect(Math.max(...starts)).toBeLessThan(30);
  expect(Math.max(...starts)).toBeGreaterThan(28);
});

test('there are no instances, and nothing warms up', () => {
  expect(fleet(3)).toMatchObject({ instances: 0, warmup: null, running: 3 });
});
