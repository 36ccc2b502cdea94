import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { hasContent, watchBody } from './idle-body.ts';

const limitMs = 60_000;

/** A request whose bytes the test lets arrive. */
class ArrivingRequest extends EventEmitter {
  readonly socket = { bytesRead: 100 };
  readonly headers: Readonly<Record<string, string>>;
  readableLength = 0;
  complete = false;
  destroyed = false;

  constructor(headers: Readonly<Record<string, string>>) {
    super();
    this.headers = headers;
  }
}

function watched(headers: Readonly<Record<string, string>> = { 'content-length': '10000000' }) {
  const request = new ArrivingRequest(headers);
  const onIdle = jest.fn();
  watchBody(request as unknown as IncomingMessage, limitMs, onIdle);
  return { request, onIdle };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a body that arrives', () => {
  test('slowly but steadily is never idle, however long it takes', () => {
    const { request, onIdle } = watched();
    for (let read = 0; read < 100; read++) {
      request.socket.bytesRead += 1;
      jest.advanceTimersByTime(limitMs * 0.7);
    }
    expect(onIdle).not.toHaveBeenCalled();
  });

  test.each([{ 'content-length': '5' }, { 'transfer-encoding': 'chunked' }])(
    'and stops is idle once, within five quarters of the limit: %j',
    (headers) => {
      const { request, onIdle } = watched(headers);
      request.socket.bytesRead += 2;
      jest.advanceTimersByTime(limitMs * 0.99);
      expect(onIdle).not.toHaveBeenCalled();
      jest.advanceTimersByTime(limitMs * 0.26);
      expect(onIdle).toHaveBeenCalledTimes(1);
      jest.advanceTimersByTime(limitMs * 3);
      expect(onIdle).toHaveBeenCalledTimes(1);
    },
  );

  test('and waits for the program to read it is not idle', () => {
    const { request, onIdle } = watched();
    request.readableLength = 65_536;
    jest.advanceTimersByTime(limitMs * 5);
    expect(onIdle).not.toHaveBeenCalled();
    request.readableLength = 0;
    jest.advanceTimersByTime(limitMs * 1.25);
    expect(onIdle).toHaveBeenCalledTimes(1);
  });

  test('whole is not watched any more, while it is being answered', () => {
    const { request, onIdle } = watched();
    request.complete = true;
    jest.advanceTimersByTime(limitMs * 5);
    expect(onIdle).not.toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('and whose request closes is not watched any more', () => {
    const { request } = watched();
    request.emit('close');
    expect(jest.getTimerCount()).toBe(0);
  });
});

test.each([
  [{}, false],
  [{ 'content-length': '0' }, false],
  [{ 'content-length': '1' }, true],
  [{ 'transfer-encoding': 'chunked' }, true],
] as const)('whether a request with %j has content: %s', (headers, expected) => {
  expect(hasContent({ headers })).toBe(expected);
});
