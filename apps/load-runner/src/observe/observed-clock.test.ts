import { describe, expect, test } from '@jest/globals';
import { VirtualTimers } from '../../test/virtual-timers.ts';
import { ObservedClock } from './observed-clock.ts';

describe('observed clock', () => {
  test('without an observation it is wall time from 0 on', () => {
    const timers = new VirtualTimers();
    timers.advanceTo(5000);
    const clock = new ObservedClock(timers);
    timers.advanceTo(7500);
    expect(clock.now()).toBe(2.5);
    expect(clock.speed).toBe(1);
  });

  test('it goes on from the last observation at the speed that this told', () => {
    const timers = new VirtualTimers();
    const clock = new ObservedClock(timers);
    timers.advanceTo(1000);
    clock.set({ cloudSeconds: 600, speed: 30 }, 1000);
    timers.advanceTo(1500);
    expect(clock.now()).toBe(615);
  });

  test('it stands still rather than going back when an observation is behind', () => {
    const timers = new VirtualTimers();
    const clock = new ObservedClock(timers);
    clock.set({ cloudSeconds: 100, speed: 10 }, 0);
    timers.advanceTo(1000);
    expect(clock.now()).toBe(110);
    clock.set({ cloudSeconds: 108, speed: 10 }, 1000);
    expect(clock.now()).toBe(110);
    timers.advanceTo(1500);
    expect(clock.now()).toBe(113);
  });
});
