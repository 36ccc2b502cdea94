import { describe, expect, test } from '@jest/globals';
import { taskToStop, zoneForNewTask, zoneImbalance } from './placement.ts';

const task = (availabilityZone: string, createdAtSeconds = 0) => ({ availabilityZone, createdAtSeconds });

describe('zoneForNewTask', () => {
  test('is the zone with the fewest tasks', () => {
    expect(zoneForNewTask(['a', 'b', 'c'], [task('a'), task('a'), task('b'), task('c'), task('c')])).toBe(
      'b',
    );
  });

  test('is the first of the list when all have the same', () => {
    expect(zoneForNewTask(['a', 'b'], [])).toBe('a');
    expect(zoneForNewTask(['b', 'a'], [task('a'), task('b')])).toBe('b');
  });

  test('does not go to a zone that is not offered, however empty', () => {
    expect(zoneForNewTask(['b'], [task('b'), task('b')])).toBe('b');
  });
});

describe('taskToStop', () => {
  test('is the newest task of the fullest zone', () => {
    const tasks = [task('a', 1), task('a', 2), task('b', 3)];
    expect(taskToStop(tasks, tasks)).toBe(tasks[1]);
  });

  test('is the newest of all when the zones are even', () => {
    const tasks = [task('a', 1), task('b', 3), task('b', 2), task('a', 4)];
    expect(taskToStop(tasks, tasks)).toBe(tasks[3]);
  });

  test('judges the candidates’ zones by all tasks', () => {
    const tasks = [task('a', 1), task('b', 2), task('b', 1), task('b', 1)];
    expect(taskToStop(tasks.slice(0, 2), tasks)).toBe(tasks[1]);
    expect(taskToStop([tasks[0]!], tasks)).toBe(tasks[0]);
  });

  test('is nothing when there is no candidate', () => {
    expect(taskToStop([], [task('a')])).toBeUndefined();
  });
});

describe('zoneImbalance', () => {
  test('is the difference between the fullest and the emptiest zone', () => {
    expect(zoneImbalance(['a', 'b', 'c'], [task('a'), task('a'), task('a'), task('b')])).toBe(3);
    expect(zoneImbalance(['a', 'b'], [])).toBe(0);
  });

  test('leaves tasks of other zones out, and is 0 without zones', () => {
    expect(zoneImbalance(['b'], [task('a'), task('a'), task('b')])).toBe(0);
    expect(zoneImbalance([], [task('a'), task('a')])).toBe(0);
  });
});
