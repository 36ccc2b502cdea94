import { describe, expect, test } from '@jest/globals';
import { type RawOptions, createCommand } from './command.ts';

const parse = (...args: string[]): RawOptions =>
  createCommand()
    .parse(['--target', 'http://127.0.0.1:1', ...args], { from: 'user' })
    .opts<RawOptions>();

describe('command line', () => {
  test('only a target is needed', () => {
    expect(parse()).toEqual({
      target: 'http://127.0.0.1:1',
      profile: 'headline',
      out: 'reports',
      json: false,
      quiet: false,
      allowRemote: false,
      stopOnStdinEnd: false,
    });
    expect(() => createCommand().parse([], { from: 'user' })).toThrow('--target');
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
    ['--users', '0', 'a whole number from 1 to 10000'],
    ['--users', '2.5', 'a whole number from 1 to 10000'],
    ['--rate', '-1', 'a number above 0, up to 100000'],
    ['--hold', 'long', 'a number above 0, up to 86400'],
    ['--idle-speed', '', 'a number above 0, up to 240'],
    // More than the twin’s control API takes, so refused before any load.
    ['--idle-speed', '241', 'a number above 0, up to 240'],
    ['--expect-peak', '5001', 'a whole number from 0 to 5000'],
  ])('%s %s is refused with what is allowed', (option, value, allowed) => {
    expect(() => parse(option, value)).toThrow(`Got "${value}"; allowed is ${allowed}`);
  });

  test('what is no option is refused', () => {
    expect(() => parse('--userz', '5')).toThrow("unknown option '--userz'");
    expect(() => parse('surplus')).toThrow('too many arguments');
  });
});
