import { expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { readDirectly } from './read-directly.ts';

/** A stream whose source pushes when told to, as a socket’s does when bytes arrive. */
function rig() {
  const received: string[] = [];
  const stream = new Readable({ read: () => undefined, highWaterMark: 4 });
  readDirectly(stream, (chunk) => received.push(String(chunk)));
  return { received, stream, arrive: (text: string) => stream.push(Buffer.from(text)) };
}

test('bytes are there when they arrive, and the source goes on', async () => {
  const { received, arrive } = rig();
  await setImmediate();
  expect([arrive('longer than the mark'), arrive('b')]).toEqual([true, true]);
  expect(received).toEqual(['longer than the mark', 'b']);
});

test('a paused stream keeps them, stops its source when they are too many, and hands them over in order', async () => {
  const { received, stream, arrive } = rig();
  await setImmediate();
  arrive('a');
  stream.pause();
  expect([arrive('bc'), arrive('def')]).toEqual([true, false]);
  stream.resume();
  // What is kept goes first.
  arrive('g');
  expect(received).toEqual(['a']);
  await setImmediate();
  expect(received.join('')).toBe('abcdefg');
  arrive('h');
  expect(received.at(-1)).toBe('h');
});

test('the end is heard of behind the last bytes', async () => {
  const { received, stream, arrive } = rig();
  stream.on('end', () => received.push('end'));
  await setImmediate();
  arrive('a');
  stream.push(null);
  stream.read(0);
  await setImmediate();
  expect(received).toEqual(['a', 'end']);
});
