import { setImmediate } from 'node:timers/promises';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { describe, expect, jest, test } from '@jest/globals';
import { AnswerQueue } from './answer-queue.ts';

/** A response whose bytes are read here. */
function response(method = 'GET') {
  const request = Object.assign(new IncomingMessage(new Socket()), {
    method,
    httpVersionMajor: 1,
    httpVersionMinor: 1,
  });
  const outgoing = new ServerResponse(request);
  const wire = new PassThrough();
  // A server listens to the errors of its sockets.
  wire.on('error', () => undefined);
  outgoing.assignSocket(wire as unknown as Socket);
  return { outgoing, text: () => String(wire.read() ?? '') };
}
const streamOf = (...chunks: readonly string[]) =>
  ReadableStream.from(chunks.map((chunk) => Buffer.from(chunk)));

describe('answers', () => {
  test('wait for the end of the turn, and are written in their order', async () => {
    const queue = new AnswerQueue(jest.fn());
    const [first, second] = [response(), response()];
    for (const { outgoing } of [first, second]) {
      queue.add({ outgoing, status: 200, headers: { 'content-length': '2' }, body: 'ok' });
    }
    expect([first.text(), second.text()]).toEqual(['', '']);
    await setImmediate();
    for (const { text } of [first, second])
      expect(text()).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nok$/);
  });

  test('are written before something else is, and only once', async () => {
    const queue = new AnswerQueue(jest.fn());
    const { outgoing, text } = response();
    queue.add({ outgoing, status: 204, headers: {}, body: null });
    queue.flush();
    expect(text()).toMatch(/^HTTP\/1\.1 204 /);
    await setImmediate();
    expect(text()).toBe('');
  });

  test('to HEAD have every field, and no content', () => {
    const queue = new AnswerQueue(jest.fn());
    const { outgoing, text } = response('HEAD');
    queue.add({ outgoing, status: 200, headers: { 'content-length': '2' }, body: 'ok' });
    queue.flush();
    expect(text()).toMatch(/^HTTP\/1\.1 200 OK\r\ncontent-length: 2\r\n[\s\S]*\r\n\r\n$/);
  });

  test('are streamed as they come', async () => {
    const onError = jest.fn();
    const queue = new AnswerQueue(onError);
    const { outgoing, text } = response();
    const finished = new Promise((resolve) => outgoing.once('finish', resolve));
    queue.add({ outgoing, status: 200, headers: { 'content-length': '4' }, body: streamOf('ab', 'cd') });
    queue.flush();
    await finished;
    expect(text()).toMatch(/\r\n\r\nabcd$/);
    expect(onError).not.toHaveBeenCalled();
  });

  test('to a client that has gone are dropped, with what they would have read', async () => {
    const onError = jest.fn();
    const queue = new AnswerQueue(onError);
    const { outgoing } = response();
    outgoing.destroy();
    const cancelled = new Promise((resolve) => {
      queue.add({ outgoing, status: 200, headers: {}, body: new ReadableStream({ cancel: resolve }) });
    });
    queue.flush();
    await cancelled;
    expect(onError).not.toHaveBeenCalled();
  });

  test('that cannot be written or read to their end are our fault, and end the connection', async () => {
    const onError = jest.fn();
    const queue = new AnswerQueue(onError);
    const [bad, broken, good] = [response(), response(), response()];
    queue.add({ outgoing: bad.outgoing, status: 200, headers: { x: 'a\nb' }, body: '' });
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('disk')),
    });
    queue.add({ outgoing: broken.outgoing, status: 200, headers: {}, body });
    queue.add({ outgoing: good.outgoing, status: 200, headers: {}, body: 'ok' });
    const closed = new Promise((resolve) => broken.outgoing.once('close', resolve));
    queue.flush();
    await closed;
    await setImmediate();
    expect([bad.outgoing.destroyed, broken.outgoing.destroyed]).toEqual([true, true]);
    expect(onError.mock.calls.map(([error]) => (error as Error).message)).toEqual([
      expect.stringContaining('Invalid character'),
      'disk',
    ]);
    expect(good.text()).toMatch(/ok/);
  });
});
