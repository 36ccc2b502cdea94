import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { InterruptedError } from '@tideline/process';
import { completedByAnswers } from './ask.ts';
import { detectService, type GivenFacts } from './detect/detect-service.ts';

const files: Readonly<Record<string, string>> = {
  Procfile: 'web: ./serve\n',
  Dockerfile: 'FROM x\nEXPOSE 8080\n',
};

/** A terminal at which a person types these lines, and what it shows. */
function terminal(typed: string, isTTY = true) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stderr = new PassThrough();
  stdin.end(typed);
  return { stdin, stderr, shown: () => String(stderr.read() ?? '') };
}

const answered = (
  { stdin, stderr }: ReturnType<typeof terminal>,
  given: GivenFacts = {},
  found: Readonly<Record<string, string>> = {},
): Promise<GivenFacts> =>
  completedByAnswers(given, {
    sources: detectService((name) => found[name] ?? null, given),
    terminal: { stdin, stderr },
  });

describe('init on a terminal', () => {
  test('asks for command, port and health path, and takes the answers', async () => {
    const at = terminal('node server.js \n 8081\n/up\n');
    expect(await answered(at)).toEqual({ command: 'node server.js', port: 8081, health: '/up' });
    expect(at.shown()).toBe(
      'Command that starts it on this machine [none: the image]: ' +
        'Port that it listens on [3000]: ' +
        'Path that answers 200 while it is well [none]: ',
    );
  });

  test('proposes what files say, and leaves it to them where the answer is empty', async () => {
    const at = terminal('\n\n\n');
    expect(await answered(at, {}, files)).toEqual({});
    expect(at.shown()).toMatch(/^Command .* \[\.\/serve\]: Port .* \[8080\]: Path /);
  });

  test('asks for nothing that an option says', async () => {
    const at = terminal('9000\n');
    const given = { command: 'x', health: '/ok', dockerfile: 'Dockerfile' };
    expect(await answered(at, given)).toEqual({ ...given, port: 9000 });
    expect(at.shown()).toBe('Port that it listens on [3000]: ');
  });

  test('says what is allowed, and asks again', async () => {
    const at = terminal('x\n70000\n70\nup\n/up\n');
    expect(await answered(at)).toEqual({ command: 'x', port: 70, health: '/up' });
    expect(at.shown()).toMatch(
      /Port .*: got "70000"; allowed: a whole number from 1 to 65535\nPort .*got "up"; allowed: a path that starts with \/, such as \/health\nPath [^:]*: $/,
    );
  });

  test('is interrupted by the end of the input', async () => {
    await expect(answered(terminal('x\n'))).rejects.toThrow(InterruptedError);
  });
});

test('where standard input is no terminal nobody is asked', async () => {
  const at = terminal('x\n', false);
  expect(await answered(at)).toEqual({});
  expect(at.shown()).toBe('');
});
