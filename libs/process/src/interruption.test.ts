import { EventEmitter } from 'node:events';
import { describe, expect, jest, test } from '@jest/globals';
import { InterruptedError, Interruption, throwIfInterrupted } from './interruption.ts';

function setUp() {
  const source = new EventEmitter();
  let nowMs = 0;
  let exits = 0;
  const interruption = new Interruption(source, { onLater: () => (exits += 1), now: () => nowMs });
  return { source, interruption, exits: () => exits, at: (ms: number) => (nowMs = ms) };
}

describe('interruption', () => {
  test.each(['SIGINT', 'SIGTERM'])('%s asks the run to end in order', (signal) => {
    const { source, interruption, exits } = setUp();
    expect(interruption.signal.aborted).toBe(false);
    source.emit(signal);
    expect(interruption.signal.aborted).toBe(true);
    expect(exits()).toBe(0);
  });

  test('the same wish passed on twice is one wish', () => {
    const { source, exits, at } = setUp();
    source.emit('SIGINT');
    at(500);
    source.emit('SIGTERM');
    expect(exits()).toBe(0);
  });

  test('a second wish ends the process', () => {
    const { source, exits, at } = setUp();
    source.emit('SIGINT');
    at(501);
    source.emit('SIGINT');
    expect(exits()).toBe(1);
  });

  test('signals are the program’s own, and the reason is an InterruptedError', async () => {
    const source = new EventEmitter();
    let firsts = 0;
    const interruption = new Interruption(source, {
      onFirst: () => (firsts += 1),
      onLater: () => undefined,
      signals: ['SIGHUP'],
    });
    const { signal, requested } = interruption;
    source.emit('SIGINT');
    expect([interruption.isRequested, firsts]).toEqual([false, 0]);
    source.emit('SIGHUP');
    source.emit('SIGHUP');
    await requested;
    expect([interruption.isRequested, firsts]).toEqual([true, 1]);
    expect(signal.reason).toBeInstanceOf(InterruptedError);
    expect(() => throwIfInterrupted(signal)).toThrow(InterruptedError);
  });

  test('the end of the parent is a wish, where the program ends with it', () => {
    jest.useFakeTimers();
    try {
      const source = Object.assign(new EventEmitter(), { ppid: 7 });
      const onLater = () => undefined;
      const tied = new Interruption(source, { onLater, endsWithParent: true });
      const free = new Interruption(source, { onLater });
      jest.advanceTimersByTime(10_000);
      expect(tied.isRequested).toBe(false);
      source.ppid = 1;
      jest.advanceTimersByTime(500);
      expect([tied.isRequested, free.isRequested]).toEqual([true, false]);
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  test('once the run is over, signals do what they always do', () => {
    const { source, interruption } = setUp();
    interruption.dispose();
    expect(source.listenerCount('SIGINT') + source.listenerCount('SIGTERM')).toBe(0);
  });
});
