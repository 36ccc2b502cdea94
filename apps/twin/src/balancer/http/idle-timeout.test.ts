import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Socket } from 'node:net';
import { IdleTimeout } from './idle-timeout.ts';

const timeoutMs = 1000;
let silences = 0;
let handedOver: unknown[] = [];
const socket = {
  writableLength: 0,
  setTimeout: (milliseconds: number, onIdle: () => void) => handedOver.push(milliseconds, onIdle),
};
const onIdle = (): void => {
  silences++;
};
let idle: IdleTimeout;
beforeEach(() => {
  jest.useFakeTimers();
  silences = 0;
  handedOver = [];
  socket.writableLength = 0;
  idle = new IdleTimeout(socket as unknown as Socket, timeoutMs, onIdle);
});
afterEach(() => {
  idle.stop();
  jest.runAllTimers();
  jest.useRealTimers();
});

/** What there is to hear after each of these times. */
const after = (...milliseconds: readonly number[]): readonly number[] =>
  milliseconds.map((step) => {
    jest.advanceTimersByTime(step);
    return silences;
  });

test('silence is heard of once, when it has lasted for the timeout', () => {
  expect(after(999, 1, 5000)).toEqual([0, 1, 1]);
});

test('what passes puts it off to the timeout after the latest of it', () => {
  after(600);
  idle.touch();
  after(200);
  idle.touch();
  expect(after(999, 1)).toEqual([0, 1]);
});

test('what passes after a silence begins the wait for the next', () => {
  after(3000);
  idle.touch();
  expect(after(999, 1)).toEqual([1, 2]);
});

test('a connection that is closed is not waited for', () => {
  idle.stop();
  idle.touch();
  expect(after(5000)).toEqual([0]);
});

test('a peer that is slow is left to the timeout of the socket', () => {
  after(300);
  idle.handOver();
  idle.handOver();
  idle.touch();
  expect(after(5000)).toEqual([0]);
  expect(handedOver).toEqual([timeoutMs, onIdle]);
});

test('a write that is under way when the timeout ends is not cut off', () => {
  socket.writableLength = 1;
  expect(after(1000, 5000)).toEqual([0, 0]);
  expect(handedOver).toEqual([timeoutMs, onIdle]);
});
