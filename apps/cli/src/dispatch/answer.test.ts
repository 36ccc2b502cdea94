import { describe, expect, test } from '@jest/globals';
import { tidelineCommands } from '@tideline/process/commands';
import { answerTo } from './answer.ts';

const answer = (...typed: readonly string[]) =>
  answerTo(typed, { commands: tidelineCommands, typedAs: 'npx @tideline/cli', version: '1.2.3' });

describe('tideline', () => {
  test('shows its commands in groups, each once, on standard output where that was asked for', () => {
    const asked = answer('--help');
    if (asked.kind !== 'text') throw new Error('a command was started');
    expect(asked.exitCode).toBe(0);
    const lines = asked.text.split('\n').map((line) => line.trim().replace(/ {2,}/, ': '));
    for (const { name, summary } of tidelineCommands)
      expect(lines.filter((line) => line === `${name}: ${summary}`)).toHaveLength(1);
    expect(asked.text).toMatch(/^Usage: npx @tideline\/cli <command>/);
    expect(Math.max(...asked.text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(answer()).toEqual({ ...asked, exitCode: 2 });
  });

  test.each(['--version', '-V'])('%s prints the version', (option) => {
    expect(answer(option)).toEqual({ kind: 'text', text: 'tideline 1.2.3\n', exitCode: 0 });
  });

  test('passes on what follows a command, as it was typed', () => {
    expect(answer('up', '--speed', '20', '--help')).toMatchObject({
      ...{ kind: 'start', command: { name: 'up', project: 'apps/twin' }, args: ['--speed', '20', '--help'] },
    });
    expect(answer('help', 'cost')).toMatchObject({ command: { name: 'cost' }, args: ['--help'] });
  });

  test.each([
    [['deplyo'], /^tideline: unknown command 'deplyo'; did you mean "deploy"\? Allowed: init, import, up, /],
    [['x'.repeat(30)], /^tideline: unknown command 'x{30}'\. Allowed: init, /],
    [
      ['--verison'],
      /^tideline: unknown option '--verison'; did you mean "--version"\? Allowed: --help, --version\n/,
    ],
    [['--speed', '3', 'up'], /^tideline: options follow the command: npx @tideline\/cli up --speed\n$/],
  ])('refuses %j with what is nearest', (typed, text) => {
    expect(answer(...typed)).toMatchObject({ kind: 'text', exitCode: 2, text: expect.stringMatching(text) });
  });

  test.each(['local-cloud'])('has no command %s', (name) => {
    expect(answer(name)).toMatchObject({ exitCode: 2 });
  });
});
