import { describe, expect, test } from '@jest/globals';
import { cpuMicrosecondsOf, parseProcessTime, type ProcessTime } from './cpu-time.ts';

describe('parseProcessTime', () => {
  test('reads fields 1, 4, 14 and 15 of proc(5), in ticks of 10 ms', () => {
    const stat = '4242 (nginx) S 17 4242 4242 0 -1 4194560 311 0 0 0 125 75 900 800 20 0 1 0 123456 1 2';
    expect(parseProcessTime(stat)).toEqual({ pid: 4242, parentPid: 17, cpuMicroseconds: 2_000_000 });
  });

  test('is not misled by a name with blanks and parentheses', () => {
    const stat = '7 (a) S 9 (b) R 5 7 7 0 -1 0 0 0 0 0 3 4 0 0 20 0 1 0 1 1 1';
    expect(parseProcessTime(stat)).toEqual({ pid: 7, parentPid: 5, cpuMicroseconds: 70_000 });
  });
});

describe('cpuMicrosecondsOf', () => {
  const process = (pid: number, parentPid: number, cpuMicroseconds: number): ProcessTime => ({
    pid,
    parentPid,
    cpuMicroseconds,
  });
  const processes = [process(12, 11, 100), process(10, 1, 1), process(11, 10, 10), process(13, 1, 1000)];

  test('adds up a process and all below it, and no other', () => {
    expect(cpuMicrosecondsOf(10, processes)).toBe(111);
    expect(cpuMicrosecondsOf(12, processes)).toBe(100);
  });

  test('refuses a process that has ended', () => {
    expect(() => cpuMicrosecondsOf(99, processes)).toThrow('process 99 has ended');
  });
});
