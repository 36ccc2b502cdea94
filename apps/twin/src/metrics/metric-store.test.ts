import { describe, expect, test } from '@jest/globals';
import { MetricStore } from './metric-store.ts';

const about = { unit: 'Count', periodSeconds: 60 } as const;

function filled(): MetricStore {
  const store = new MetricStore();
  for (const startSeconds of [0, 60, 120])
    store.put('requests', { startSeconds, value: startSeconds }, about);
  return store;
}

describe('MetricStore', () => {
  test('a datapoint is visible once its period and the lag are over', () => {
    const store = filled();
    const starts = (nowSeconds: number): readonly number[] =>
      store.visible('requests', { nowSeconds, lagSeconds: 150 }).map(({ startSeconds }) => startSeconds);
    expect(starts(209.9)).toEqual([]);
    expect(starts(210)).toEqual([0]);
    expect(starts(269.999)).toEqual([0]);
    expect(starts(270)).toEqual([0, 60]);
    expect(starts(10_000)).toEqual([0, 60, 120]);
  });

  test('without lag it is visible at the end of its period, however that is rounded', () => {
    expect(filled().visible('requests', { nowSeconds: 60 - 1e-9, lagSeconds: 0 })).toHaveLength(1);
  });

  test('the period of each series counts', () => {
    const store = new MetricStore();
    store.put('cpu', { startSeconds: 0, value: 50 }, { unit: 'Percent', periodSeconds: 20 });
    expect(store.periodSeconds('cpu')).toBe(20);
    expect(store.visible('cpu', { nowSeconds: 36, lagSeconds: 16 })).toHaveLength(1);
    expect(store.visible('cpu', { nowSeconds: 35, lagSeconds: 16 })).toHaveLength(0);
  });

  test('an unknown metric has no datapoints', () => {
    const store = new MetricStore();
    expect(store.visible('nothing', { nowSeconds: 600, lagSeconds: 0 })).toEqual([]);
    expect(store.all('nothing')).toEqual([]);
    expect(store.periodSeconds('nothing')).toBeUndefined();
  });

  test('lists every series as the run record has it', () => {
    expect(filled().series()).toEqual([
      {
        key: 'requests',
        ...about,
        datapoints: [
          { cloudSeconds: 0, value: 0 },
          { cloudSeconds: 60, value: 60 },
          { cloudSeconds: 120, value: 120 },
        ],
      },
    ]);
  });
});
