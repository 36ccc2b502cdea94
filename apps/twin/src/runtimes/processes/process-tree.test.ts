import { expect, test } from '@jest/globals';
import { membersOf } from './process-tree.ts';
import { parseStat } from './proc-system.ts';
import { parseProcesses } from './ps-system.ts';

const entry = ([pid, parent, group, session]: readonly [number, number, number, number]) => ({
  ...{ pid, parent, group, session },
  isZombie: false,
  cpuSeconds: 1,
});

test('a task is its first process, what descends from it, its group, its session, and what others know of', () => {
  const table = (
    [
      [1, 0, 1, 1],
      [10, 1, 10, 10],
      [11, 10, 11, 10], // a child with a group of its own
      [12, 1, 10, 10], // left behind by a child that has ended
      [13, 1, 13, 10], // the same, with a group of its own
      [14, 11, 14, 14], // a grandchild with a session of its own
      [15, 1, 15, 15], // a daemon that the control group still holds
      [16, 15, 16, 16],
      [20, 1, 20, 20], // another task
    ] as const
  ).map(entry);
  const pids = membersOf(table, 10, new Set([15])).map(({ pid }) => pid);
  expect([...pids].sort()).toEqual([10, 11, 12, 13, 14, 15, 16]);
});

test('a line of /proc/PID/stat is read past a name with spaces and parentheses', () => {
  const stat = '42 (a) b (c) S 7 40 39 0 -1 4194560 100 0 0 0 150 50 20 30 20 0 1 0 999 1 2';
  expect(parseStat(stat)).toEqual({
    ...{ pid: 42, parent: 7, group: 40, session: 39 },
    isZombie: false,
    cpuSeconds: 2.5,
  });
  expect(parseStat(stat.replace(' S ', ' Z '))?.isZombie).toBe(true);
  expect(parseStat('')).toBeUndefined();
});

test('the lines of ps are read, of procps and of macOS', () => {
  expect(parseProcesses('   42    7   40 Ss   1-02:03:04\n  43 42 40 Z+ 12:34.56\n\n')).toEqual([
    { pid: 42, parent: 7, group: 40, session: null, isZombie: false, cpuSeconds: 93_784 },
    { pid: 43, parent: 42, group: 40, session: null, isZombie: true, cpuSeconds: 754.56 },
  ]);
});
