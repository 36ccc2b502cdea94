import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { InterruptedError, watchInterruption } from './interruption.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('watchInterruption', () => {
  test('aborts at the first signal', () => {
    const source = new EventEmitter();
    const exitNow = jest.fn();
    const signal = watchInterruption(source, exitNow);
    expect(signal.aborted).toBe(false);
    source.emit('SIGINT');
    expect(signal.reason).toBeInstanceOf(InterruptedError);
    expect(exitNow).not.toHaveBeenCalled();
  });

  test('takes a signal that follows at once for the same wish, and a later one for impatience', () => {
    const source = new EventEmitter();
    const exitNow = jest.fn();
    watchInterruption(source, exitNow);
    source.emit('SIGINT');
    source.emit('SIGINT');
    expect(exitNow).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1000);
    source.emit('SIGTERM');
    expect(exitNow).toHaveBeenCalledTimes(1);
  });
});
