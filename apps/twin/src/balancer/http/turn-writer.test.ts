import { expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Socket } from 'node:net';
import { TurnWriter } from './turn-writer.ts';

/** A socket that notes what each system call would take; what it is given waits for `take` if it is slow. */
function rig({ isSlow = false } = {}) {
  const calls: string[] = [];
  const events: string[] = [];
  const waiting: (() => void)[] = [];
  const note = (text: string, done: () => void): void => {
    calls.push(text);
    if (isSlow) waiting.push(done);
    else done();
  };
  const stream = new PassThrough({
    highWaterMark: 10,
    write: (chunk: Buffer, _, done) => note(String(chunk), done),
    writev: (chunks, done) => note(chunks.map(({ chunk }) => String(chunk)).join('|'), done),
  });
  const writer = new TurnWriter(stream as unknown as Socket, {
    drain: () => events.push('drain'),
    behind: () => events.push('behind'),
  });
  return { calls, events, stream, writer, take: () => waiting.splice(0).forEach((done) => done()) };
}

test('the texts of one turn are one write at its end, and the next turn begins anew', async () => {
  const { calls, writer } = rig();
  for (const turn of ['1', '2']) {
    writer.writeText(`a${turn}`);
    writer.writeText(`b${turn}`);
    expect([writer.holdsText, writer.holdsBytes]).toEqual([true, true]);
    calls.push('end of turn');
    await setImmediate();
    expect([writer.holdsText, writer.holdsBytes]).toEqual([false, false]);
  }
  expect(calls).toEqual(['end of turn', 'a1b1', 'end of turn', 'a2b2']);
});

test('the writers of one turn write in the order of their first texts', async () => {
  const calls: string[] = [];
  const [one, two] = ['1', '2'].map((name) => {
    const stream = new PassThrough({
      write: (chunk: Buffer, _, done) => {
        calls.push(name + String(chunk));
        done();
      },
    });
    return new TurnWriter(stream as unknown as Socket, { drain: () => undefined, behind: () => undefined });
  });
  one?.writeText('a');
  two?.writeText('b');
  one?.writeText('c');
  await setImmediate();
  expect(calls).toEqual(['1ac', '2b']);
});

test('bytes leave at once, in one call with the text before them', async () => {
  const { calls, writer } = rig();
  writer.writeText('head ');
  writer.writeBytes(Buffer.from('body'));
  expect(calls).toEqual(['head |body']);
  writer.writeBytes(Buffer.from('more'));
  await setImmediate();
  expect(calls).toEqual(['head |body', 'more']);
});

test('everything between cork and uncork is one call, behind what was held', () => {
  const { calls, writer } = rig();
  writer.writeText('0');
  writer.cork();
  writer.writeText('1');
  writer.writeBytes(Buffer.from('2'));
  writer.writeText('3');
  expect(calls).toEqual([]);
  writer.uncork();
  expect(calls).toEqual(['0|1|2|3']);
});

test('a text that finds no room is told so, and hears when there is room, also when the room came before it left', async () => {
  const { events, writer, take } = rig({ isSlow: true });
  writer.writeBytes(Buffer.from('123456'));
  expect(events).toEqual(['behind']);
  expect(writer.writeText('7890')).toBe(false);
  expect(writer.needsDrain).toBe(true);
  take();
  await setImmediate();
  expect(writer.needsDrain).toBe(false);
  expect(events).toEqual(['behind', 'behind', 'drain']);
});

test('a text that is too much by itself drains once it has left', async () => {
  const { events, writer } = rig();
  expect(writer.writeText('12345678901')).toBe(false);
  await setImmediate();
  await setImmediate();
  expect([events, writer.needsDrain]).toEqual([['drain'], false]);
});

test('what a socket that is destroyed still held is dropped', async () => {
  const { calls, stream, writer } = rig();
  writer.writeText('lost');
  stream.destroy();
  await setImmediate();
  expect([calls, writer.holdsText]).toEqual([[], false]);
});
