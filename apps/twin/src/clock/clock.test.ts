import { describe, expect, test } from '@jest/globals';
import { type Clock, deadline, until } from './clock.ts';
import { VirtualClock } from './virtual-clock.ts';

describe('until', () => {
  test('resolves at the cloud time, and at once when that has passed', async () => {
    const clock = new VirtualClock();
    const resolved: string[] = [];
    void until(clock, 10).then(() => resolved.push('future'));
    void until(clock, -1).then(() => resolved.push('past'));
    await clock.advance(9.9);
    expect(resolved).toEqual(['past']);
    await clock.advance(0.1);
    expect(resolved).toEqual(['past', 'future']);
  });
});

describe('deadline', () => {
  const clockAt = (speed: number): Clock => ({
    speed,
    now: () => 100,
    at: () => ({ cancel: () => undefined }),
  });

  test('is the cloud limit while that is long enough in wall time', () => {
    expect(deadline(clockAt(1), { cloudSeconds: 30, floorWallSeconds: 5 })).toBe(130);
  });

  test('is the wall-time floor when cloud time runs fast', () => {
    expect(deadline(clockAt(60), { cloudSeconds: 30, floorWallSeconds: 5 })).toBe(400);
  });
});
