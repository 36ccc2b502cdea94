import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ScaledClock } from './scaled-clock.ts';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe('ScaledClock', () => {
  test('runs at its speed, and goes on from the present cloud time when the speed changes', () => {
    const clock = new ScaledClock({ speed: 20 });
    jest.advanceTimersByTime(3000);
    expect(clock.now()).toBeCloseTo(60);
    clock.setSpeed(120);
    expect(clock.now()).toBeCloseTo(60);
    expect(clock.speed).toBe(120);
    jest.advanceTimersByTime(500);
    expect(clock.now()).toBeCloseTo(120);
  });

  test('a pending callback keeps its cloud time when the speed changes', () => {
    const clock = new ScaledClock({ speed: 1 });
    const callback = jest.fn();
    clock.at(60, callback);
    jest.advanceTimersByTime(30_000);
    clock.setSpeed(60);
    jest.advanceTimersByTime(499);
    expect(callback).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('slowing down moves a pending callback away', () => {
    const clock = new ScaledClock({ speed: 60 });
    const callback = jest.fn();
    clock.at(60, callback);
    jest.advanceTimersByTime(500);
    clock.setSpeed(1);
    jest.advanceTimersByTime(29_999);
    expect(callback).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  test('a past time comes as soon as possible, but not before at() returns', () => {
    const clock = new ScaledClock({ speed: 1 });
    const callback = jest.fn();
    clock.at(-5, callback);
    expect(callback).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  test('callbacks run in order of cloud time, also when the process gets to them late', () => {
    let wallMs = 0;
    const clock = new ScaledClock({ speed: 1, wallMs: () => wallMs });
    const order: string[] = [];
    clock.at(10, () => {
      order.push('at 10');
      clock.at(11, () => order.push('at 11, set at 10'));
      clock.at(10, () => order.push('at 10 again'));
    });
    clock.at(12, () => order.push('at 12, first'));
    clock.at(12, () => order.push('at 12, second'));
    wallMs = 20_000;
    jest.runAllTimers();
    expect(order).toEqual(['at 10', 'at 11, set at 10', 'at 12, first', 'at 12, second', 'at 10 again']);
  });

  test('a callback may cancel one that is due with it', () => {
    const clock = new ScaledClock({ speed: 1 });
    const cancelled = jest.fn();
    clock.at(1, () => timer.cancel());
    const timer = clock.at(1, cancelled);
    jest.advanceTimersByTime(2000);
    expect(cancelled).not.toHaveBeenCalled();
  });

  test('a timer that fires early waits for its cloud time', () => {
    let wallMs = 0;
    const clock = new ScaledClock({ speed: 1, wallMs: () => wallMs });
    const callback = jest.fn();
    clock.at(1, callback);
    wallMs = 999.4;
    jest.advanceTimersByTime(1000);
    expect(callback).not.toHaveBeenCalled();
    wallMs = 1000;
    jest.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  test('waits longer than setTimeout can count', () => {
    const clock = new ScaledClock({ speed: 1 });
    const callback = jest.fn();
    const sixtyDaysSeconds = 60 * 86_400;
    clock.at(sixtyDaysSeconds, callback);
    jest.advanceTimersByTime((sixtyDaysSeconds - 1) * 1000);
    expect(callback).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1001);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  test('a stopped clock leaves no timer and takes none', () => {
    const clock = new ScaledClock({ speed: 1 });
    const callback = jest.fn();
    clock.at(1, callback);
    clock.stop();
    clock.at(2, callback).cancel();
    clock.setSpeed(2);
    expect(jest.getTimerCount()).toBe(0);
    jest.advanceTimersByTime(5000);
    expect(callback).not.toHaveBeenCalled();
  });

  test('a cancelled callback leaves no timer', () => {
    const clock = new ScaledClock({ speed: 1 });
    clock.at(1, () => undefined).cancel();
    expect(jest.getTimerCount()).toBe(0);
  });
});
