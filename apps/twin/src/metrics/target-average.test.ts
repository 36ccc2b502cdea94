import { expect, test } from '@jest/globals';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { TargetAverage } from './target-average.ts';

test('healthy targets count by the time that there were so many, and times without any are left out', async () => {
  const clock = new VirtualClock();
  let healthy = 2;
  const average = new TargetAverage(clock, () => healthy);
  const become = async (count: number, afterSeconds: number) => {
    await clock.advance(afterSeconds);
    healthy = count;
    average.mark();
  };
  await become(4, 6);
  await become(0, 2);
  await clock.advance(2);
  expect(average.take()).toBe(2.5);
  await clock.advance(10);
  expect(average.take()).toBeUndefined();
  await become(3, 0);
  await clock.advance(10);
  expect(average.take()).toBe(3);
});
