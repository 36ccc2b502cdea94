import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from './virtual-clock.ts';

describe('VirtualClock', () => {
  test('stands still until it is moved', async () => {
    const clock = new VirtualClock();
    expect(clock.now()).toBe(0);
    await clock.advance(2.5);
    expect(clock.now()).toBe(2.5);
  });

  test('runs callbacks in order of time, then of registration, each at its own time', async () => {
    const clock = new VirtualClock();
    const seen: (readonly [string, number])[] = [];
    const note = (name: string) => () => seen.push([name, clock.now()]);
    clock.at(2, note('late'));
    clock.at(1, note('first'));
    clock.at(1, note('second'));
    clock.at(9, note('never'));
    await clock.advance(3);
    expect(seen).toEqual([
      ['first', 1],
      ['second', 1],
      ['late', 2],
    ]);
  });

  test('settles promises between two callbacks', async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    clock.at(1, () => void Promise.resolve().then(() => seen.push('reaction')));
    clock.at(1, () => seen.push('callback'));
    await clock.advance(1);
    expect(seen).toEqual(['reaction', 'callback']);
  });

  test('runs what a callback adds within the same move, and not what is cancelled', async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    const cancelled = clock.at(3, () => seen.push('cancelled'));
    clock.at(1, () => {
      cancelled.cancel();
      clock.at(0, () => seen.push('at once'));
      clock.at(4, () => seen.push('later'));
    });
    await clock.advance(5);
    expect(seen).toEqual(['at once', 'later']);
  });
});
