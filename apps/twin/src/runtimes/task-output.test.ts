import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { TaskOutput } from './task-output.ts';

test('the last five lines explain an end, without the values of secrets', () => {
  const lines: string[] = [];
  const output = new TaskOutput(['hunter2', 'abc'], (line) => lines.push(line));
  for (const line of ['1', '2', '3', 'key hunter2 of hunter2', 'abc', '6']) output.add(line);
  expect(output.epitaph('exit code 1')).toBe('exit code 1: 2 | 3 | key *** of *** | abc | 6');
  expect(lines).toEqual(['1', '2', '3', 'key *** of ***', 'abc', '6']);
});

test('an end without a word is told alone, and long words are cut', () => {
  const output = new TaskOutput([], () => undefined);
  expect(output.epitaph('SIGKILL')).toBe('SIGKILL');
  output.add('x'.repeat(9000));
  expect(output.epitaph('SIGKILL')).toHaveLength('SIGKILL: '.length + 500);
});

test('a line that is a message to the runtime is no output', async () => {
  const lines: string[] = [];
  const stream = new PassThrough();
  new TaskOutput([], (line) => lines.push(line)).read(stream, (line) => line !== 'ready');
  stream.end('one\nready\ntwo\n');
  await new Promise((resolve) => stream.once('close', resolve));
  expect(lines).toEqual(['one', 'two']);
});
