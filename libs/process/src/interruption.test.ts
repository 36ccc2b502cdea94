import { EventEmitter } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { Interruption } from './interruption.ts';

function setUp() {
  const source = new EventEmitter();
  let nowMs = 0;
  let exits = 0;
  const interruption = new Interruption(source, { exitNow: () => (exits += 1), now: () => nowMs });
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

  test('signals and reason are the program’s own', () => {
    const source = new EventEmitter();
    const reason = new Error('the terminal was closed');
    const { signal } = new Interruption(source, { exitNow: () => undefined, signals: ['SIGHUP'], reason });
    source.emit('SIGINT');
    expect(signal.aborted).toBe(false);
    source.emit('SIGHUP');
    expect(signal.reason).toBe(reason);
  });

  test('once the run is over, signals do what they always do', () => {
    const { source, interruption } = setUp();
    interruption.dispose();
    expect(source.listenerCount('SIGINT') + source.listenerCount('SIGTERM')).toBe(0);
  });
});
