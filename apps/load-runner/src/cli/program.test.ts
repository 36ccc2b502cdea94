import { describe, expect, test } from '@jest/globals';
import { createCommand } from '@tideline/process';
import { programContract, runInMemory } from '@tideline/process/testing';
import type { LoadOptions } from './options.ts';
import { loadProgram } from './program.ts';

const program = loadProgram(process);
const target = ['--target', 'http://127.0.0.1:1'];

programContract({ program, args: target, option: '--users', script: 'load', readsDescription: true });

const parse = (...args: string[]): LoadOptions =>
  createCommand(program)
    .parse([...target, ...args], { from: 'user' })
    .opts<LoadOptions>();

describe('command line', () => {
  test('only a target is needed', async () => {
    expect(parse()).toEqual({
      target: 'http://127.0.0.1:1',
      profile: 'headline',
      set: [],
      out: 'reports',
      json: false,
      quiet: false,
      allowRemote: false,
      stopOnStdinEnd: false,
    });
    const { exitCode, stderr } = await runInMemory(program, []);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("required option '--target <url>' not specified");
  });

  test('numbers are numbers', () => {
    expect(
      parse('--users', '5', '--rate', '2.5', '--hold', '10', '--idle-speed', '120', '--expect-peak', '6'),
    ).toMatchObject({
      users: 5,
      rate: 2.5,
      hold: 10,
      idleSpeed: 120,
      expectPeak: 6,
    });
  });

  test.each([
    [['--export', `csv=${import.meta.dirname}`], /TL-WRITE-PLACE --export csv .* is a folder/],
    [['--export', 'junit=no-such-folder/a.xml'], /TL-WRITE-PLACE --export junit no-such-folder/],
  ])('%j is refused before any load', async (args, why) => {
    const { exitCode, stderr } = await runInMemory(program, [...target, ...args]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(why);
  });

  test.each([
    ['--users', '0', 'a whole number from 1 to 10000'],
    ['--users', '2.5', 'a whole number from 1 to 10000'],
    ['--rate', '-1', 'a number above 0, up to 100000'],
    ['--hold', 'long', 'a number above 0, up to 86400'],
    ['--idle-speed', '', 'a number above 0, up to 240'],
    // More than the twin’s control API takes, so refused before any load.
    ['--idle-speed', '241', 'a number above 0, up to 240'],
    ['--expect-peak', '5001', 'a whole number from 0 to 5000'],
  ])('%s %s is refused with what is allowed', async (option, value, allowed) => {
    const { exitCode, stderr } = await runInMemory(program, [...target, option, value]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`argument '${value}' is invalid. Allowed: ${allowed}.`);
  });
});
