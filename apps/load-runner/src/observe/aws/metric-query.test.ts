import { describe, expect, test } from '@jest/globals';
import { at, createdAt, highAlarm } from '../../../test/fake-aws.ts';
import { datapoints, metricQuery, metricRequest } from './metric-query.ts';

const query = metricQuery(highAlarm)!;

describe('metric query', () => {
  test('asks for what the alarm looks at', () => {
    const { Namespace, MetricName, Dimensions } = highAlarm;
    expect(query).toEqual({
      periodSeconds: 60,
      queries: [
        {
          Id: 'm1',
          MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 60, Stat: 'Sum' },
          ReturnData: true,
        },
      ],
    });
  });

  test('a percentile is a statistic too', () => {
    expect(
      metricQuery({ ...highAlarm, Statistic: undefined, ExtendedStatistic: 'p95' })?.queries,
    ).toMatchObject([{ MetricStat: { Stat: 'p95' } }]);
  });

  test('metric math is asked as it stands', () => {
    const Metric = { Namespace: 'Shop', MetricName: 'Orders' };
    const Metrics = [
      { Id: 'm1', MetricStat: { Metric, Period: 60, Stat: 'Sum' }, ReturnData: false },
      { Id: 'total', Expression: 'm1 * 2', ReturnData: true },
    ];
    expect(metricQuery({ AlarmName: 'math', Metrics })).toEqual({ queries: Metrics, periodSeconds: 60 });
  });

  test('a composite alarm has no metric', () => {
    expect(metricQuery({ AlarmName: 'either' })).toBeNull();
  });

  test('asks for whole periods from the run’s start, and for none while there is none', () => {
    const request = metricRequest(query, { fromMs: at(90).getTime(), toMs: at(250).getTime() });
    expect(request).toMatchObject({ StartTime: at(60), EndTime: at(240), ScanBy: 'TimestampAscending' });
    expect(metricRequest(query, { fromMs: at(90).getTime(), toMs: at(119).getTime() })).toBeNull();
  });

  test('datapoints of several pages make one series, oldest first', () => {
    const pages = [
      { Id: 'm1', Timestamps: [at(180), at(120)], Values: [3, 2] },
      { Id: 'm1', Timestamps: [at(60)], Values: [1] },
      { Id: 'm1' },
    ];
    const toCloudSeconds = (moment: Date): number => (moment.getTime() - createdAt.getTime()) / 1000;
    expect(datapoints(pages, toCloudSeconds)).toEqual([
      { cloudSeconds: 60, value: 1 },
      { cloudSeconds: 120, value: 2 },
      { cloudSeconds: 180, value: 3 },
    ]);
  });
});
