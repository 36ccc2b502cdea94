import { describe, expect, test } from '@jest/globals';
import { resolveEnvironment, type EnvironmentInput } from '@tideline/config';
import { CustomMetricCollector, statisticOf } from './custom-metric-collector.ts';
import { MetricStore } from './metric-store.ts';

describe('statisticOf', () => {
  const values = [4, 1, 3, 2];

  test.each([
    ['Sum', 10],
    ['SampleCount', 4],
    ['Minimum', 1],
    ['Maximum', 4],
    ['Average', 2.5],
    ['p50', 2],
    ['p90', 4],
    ['p99', 4],
  ])('%s of 4, 1, 3, 2 is %d', (statistic, expected) => {
    expect(statisticOf(values, statistic)).toBe(expected);
  });

  test('every statistic of one value but the count is that value', () => {
    for (const statistic of ['Sum', 'Minimum', 'Maximum', 'Average', 'p50', 'p99'])
      expect(statisticOf([7], statistic)).toBe(7);
  });
});

const queueDepth = { namespace: 'Shop', metricName: 'QueueDepth', dimensions: { Queue: 'orders' } };

function collectorFor(
  policies: NonNullable<NonNullable<EnvironmentInput['scaling']>['policies']>,
  runningOnAverage: () => number | undefined = () => undefined,
) {
  const store = new MetricStore();
  const environment = resolveEnvironment({
    preset: 'rig',
    compute: { kind: 'fargate' },
    scaling: { policies },
  });
  return { store, collector: new CustomMetricCollector(environment, store, runningOnAverage) };
}

describe('CustomMetricCollector', () => {
  test('publishes one datapoint a period for the metrics that policies name', () => {
    const { store, collector } = collectorFor([
      {
        type: 'target-tracking',
        name: 'queue',
        metric: { kind: 'custom', ...queueDepth, statistic: 'Maximum', targetValue: 100 },
      },
    ]);
    collector.put({ ...queueDepth, value: 10 });
    collector.put({ ...queueDepth, value: 30 });
    collector.put({ ...queueDepth, metricName: 'Other', value: 1 });
    collector.collect(60, 0);
    collector.collect(60, 60);
    collector.put({ ...queueDepth, value: 5 });
    collector.collect(60, 120);
    expect(store.series()).toEqual([
      {
        key: 'Shop/QueueDepth{Queue=orders}/Maximum',
        unit: 'None',
        periodSeconds: 60,
        datapoints: [
          { cloudSeconds: 0, value: 30 },
          { cloudSeconds: 120, value: 5 },
        ],
      },
    ]);
  });

  test('a value counts only for its own dimensions, and serves every statistic of them', () => {
    const metric = (statistic: 'Sum' | 'SampleCount') => ({ ...queueDepth, statistic });
    const { store, collector } = collectorFor([
      {
        type: 'target-tracking',
        name: 'sum',
        metric: { kind: 'sum', metrics: [metric('Sum'), metric('SampleCount')], targetValue: 100 },
      },
    ]);
    collector.put({ ...queueDepth, value: 8 });
    collector.put({ ...queueDepth, dimensions: { Queue: 'refunds' }, value: 50 });
    collector.put({ ...queueDepth, dimensions: {}, value: 70 });
    collector.collect(60, 0);
    expect(store.all('Shop/QueueDepth{Queue=orders}/Sum')).toEqual([{ startSeconds: 0, value: 8 }]);
    expect(store.all('Shop/QueueDepth{Queue=orders}/SampleCount')).toEqual([{ startSeconds: 0, value: 1 }]);
    expect(store.series()).toHaveLength(2);
  });

  test('a datapoint says how many ran in its period, where that is known', () => {
    const metric = { kind: 'custom', ...queueDepth, statistic: 'Sum', targetValue: 100 } as const;
    const { collector, store } = collectorFor(
      [{ type: 'target-tracking', name: 'queue', metric }],
      () => 2.5,
    );
    collector.put({ ...queueDepth, value: 8 });
    collector.collect(60, 0);
    expect(store.all('Shop/QueueDepth{Queue=orders}/Sum')).toEqual([
      { startSeconds: 0, value: 8, running: 2.5 },
    ]);
  });

  test('one value serves each period that some policy watches', () => {
    const step = (name: string, periodSeconds: 10 | 60) => ({
      ...{ type: 'step' as const, name, steps: [{ lowerBound: 0, adjustment: 1 }] },
      metric: { kind: 'custom' as const, ...queueDepth, statistic: 'Sum', periodSeconds },
      alarm: { comparison: 'GreaterThanThreshold' as const, threshold: 1 },
    });
    const { store, collector } = collectorFor([step('fast', 10), step('slow', 60)]);
    expect(collector.periodsSeconds).toEqual([10, 60]);
    collector.put({ ...queueDepth, value: 8 });
    collector.collect(10, 0);
    collector.put({ ...queueDepth, value: 4 });
    collector.collect(10, 10);
    collector.collect(60, 0);
    expect(store.all('Shop/QueueDepth{Queue=orders}/Sum@10s')).toEqual([
      { startSeconds: 0, value: 8 },
      { startSeconds: 10, value: 4 },
    ]);
    expect(store.all('Shop/QueueDepth{Queue=orders}/Sum')).toEqual([{ startSeconds: 0, value: 12 }]);
    expect(store.periodSeconds('Shop/QueueDepth{Queue=orders}/Sum@10s')).toBe(10);
  });
});
