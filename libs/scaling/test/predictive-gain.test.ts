import { describe, expect, test } from '@jest/globals';
import { type LoadTrace, simulate } from '../src/index.ts';
import { fortnights, predict, predicted, shareAboveCapacity, track } from './forecasts.ts';

const compare = ({ history, load }: { readonly history: LoadTrace; readonly load: LoadTrace }) => {
  const run = (policies: Parameters<typeof predicted>[0]) => {
    const result = simulate(load, predicted(policies), { history, sampleEverySeconds: Infinity });
    return {
      above: shareAboveCapacity(load, result),
      taskHours: result.taskSeconds / 3600,
      error: result.forecasts?.[0]?.error,
    };
  };
  return { alone: run([track]), together: run([track, predict()]) };
};

describe('predictive beside target tracking', () => {
  test('has capacity ready for traffic that is switched on each morning', () => {
    const { alone, together } = compare(
      fortnights((minute, random) => {
        const hour = Math.floor(minute / 60) % 24;
        return hour >= 9 && hour < 17 ? 150 * (0.95 + 0.1 * random()) : 5;
      }),
    );
    expect(together.error?.wapePercent).toBeLessThan(5);
    expect(together.error?.coveragePercent).toBeGreaterThan(75);
    expect(together.above).toBeLessThan(alone.above / 3);
    expect(together.taskHours).toBeLessThan(alone.taskHours * 1.02);
  });

  test('does not foresee spikes at random hours, and pays little for the last ones', () => {
    const spikes = new Map<number, boolean>();
    const { alone, together } = compare(
      fortnights((minute, random) => {
        const hour = Math.floor(minute / 60);
        if (!spikes.has(hour)) spikes.set(hour, random() < 0.04);
        return spikes.get(hour) === true ? 170 : 20;
      }),
    );
    expect(together.error?.wapePercent).toBeGreaterThan(10);
    expect(together.above).toBeGreaterThan(alone.above * 0.9);
    expect(together.taskHours).toBeLessThan(alone.taskHours * 1.1);
  });
});
