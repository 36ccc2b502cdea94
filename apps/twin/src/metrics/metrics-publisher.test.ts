import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { MetricsPublisher } from './metrics-publisher.ts';

describe('MetricsPublisher', () => {
  test('collects each period when it ends, in the given order where several end together', async () => {
    const clock = new VirtualClock();
    const collected: string[] = [];
    const metric = (name: string, periodSeconds: number) => ({
      periodSeconds,
      collect: (start: number) => void collected.push(`${clock.now()}: ${name} of ${start}`),
    });
    new MetricsPublisher(clock, [metric('cpu', 20), metric('requests', 60)]);
    await clock.advance(80);
    expect(collected).toEqual([
      '20: cpu of 0',
      '40: cpu of 20',
      '60: requests of 0',
      '60: cpu of 40',
      '80: cpu of 60',
    ]);
  });

  test('periods are aligned to cloud time zero, whenever it starts', async () => {
    const clock = new VirtualClock();
    await clock.advance(75);
    const starts: number[] = [];
    new MetricsPublisher(clock, [{ periodSeconds: 60, collect: (start) => void starts.push(start) }]);
    await clock.advance(44);
    expect(starts).toEqual([]);
    await clock.advance(1);
    expect(starts).toEqual([60]);
  });

  test('a collector that waits holds up nobody, and settled() waits for it', async () => {
    const clock = new VirtualClock();
    const published: string[] = [];
    const answers: (() => void)[] = [];
    const publisher = new MetricsPublisher(clock, [
      {
        periodSeconds: 60,
        collect: async (start) => {
          await new Promise<void>((resolve) => answers.push(resolve));
          published.push(`slow ${start}`);
        },
      },
      { periodSeconds: 60, collect: (start) => void published.push(`quick ${start}`) },
    ]);
    await clock.advance(120);
    expect(published).toEqual(['quick 0', 'quick 60']);
    let isSettled = false;
    void publisher.settled().then(() => (isSettled = true));
    answers[1]?.();
    await clock.advance(0);
    expect(isSettled).toBe(false);
    answers[0]?.();
    await clock.advance(0);
    expect(isSettled).toBe(true);
    expect(published).toContain('slow 0');
  });

  test('collects nothing after it is closed', async () => {
    const clock = new VirtualClock();
    const starts: number[] = [];
    const publisher = new MetricsPublisher(clock, [
      { periodSeconds: 60, collect: (start) => void starts.push(start) },
    ]);
    await clock.advance(60);
    publisher.close();
    await clock.advance(600);
    expect(starts).toEqual([0]);
  });
});
