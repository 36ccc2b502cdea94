import { expect, test } from '@jest/globals';
import { Command } from 'commander';
import {
  type TraceCommandOptions,
  addAwsTraceOptions,
  addTraceOptions,
  traceFromOptions,
} from '../command-line/trace-options.ts';
import type { MetricAnswer, MetricQuestion } from './metric-reads.ts';
import { requestCountTrace } from './request-count.ts';

const now = new Date('2026-03-15T12:34:56Z');
const loadBalancer = 'app/shop/50dc6c495c0c9188';

/** CloudWatch with one request a second, in pages of 10,000 values; it reports nothing for each tenth minute. */
function fakeCloudWatch() {
  const asked: MetricQuestion[] = [];
  return {
    asked,
    getMetricData: (question: MetricQuestion): Promise<MetricAnswer> => {
      asked.push(question);
      const period = question.MetricDataQueries[0]!.MetricStat.Period;
      const from = Number(question.NextToken ?? 0);
      const count = (question.EndTime.getTime() - question.StartTime.getTime()) / 1000 / period;
      const indices = Array.from(
        { length: Math.min(10_000, count - from) },
        (_, index) => from + index,
      ).filter((index) => index % 10 !== 5);
      const result = {
        Timestamps: indices.map((index) => new Date(question.StartTime.getTime() + index * period * 1000)),
        Values: indices.map(() => period),
      };
      return Promise.resolve({
        MetricDataResults: [result],
        ...(from + 10_000 < count ? { NextToken: String(from + 10_000) } : {}),
      });
    },
  };
}

test('14 days of minutes come page by page, and missing minutes are zeros', async () => {
  const cloudWatch = fakeCloudWatch();
  const trace = await requestCountTrace(cloudWatch, { loadBalancer, now });
  expect(trace).toMatchObject({
    name: loadBalancer,
    stepSeconds: 60,
    startedAt: new Date('2026-03-01T12:29Z'),
  });
  expect(trace.requestsPerSecond).toHaveLength(14 * 1440);
  expect(trace.requestsPerSecond.slice(4, 7)).toEqual([1, 0, 1]);
  expect(trace.remarks.map(({ code }) => code)).toEqual(['TL-TRACE-GAP-ZERO']);
  expect(cloudWatch.asked.map(({ NextToken }) => NextToken)).toEqual([undefined, '10000', '20000']);
  expect(cloudWatch.asked[0]?.MetricDataQueries[0]?.MetricStat).toEqual({
    Metric: {
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'RequestCount',
      Dimensions: [{ Name: 'LoadBalancer', Value: loadBalancer }],
    },
    Period: 60,
    Stat: 'Sum',
  });
});

test.each([
  [14, 60],
  [15, 300],
  [60, 300],
  [90, 3600],
])('%d days come in periods of %d s, as they are kept', async (days, period) => {
  const cloudWatch = fakeCloudWatch();
  await requestCountTrace(cloudWatch, { loadBalancer, now, days });
  expect(cloudWatch.asked[0]?.MetricDataQueries[0]?.MetricStat.Period).toBe(period);
  expect(cloudWatch.asked[0]!.StartTime.getTime() % (period * 1000)).toBe(0);
});

const parse = (...args: string[]): TraceCommandOptions =>
  addAwsTraceOptions(addTraceOptions(new Command()))
    .exitOverride()
    .parse(args, { from: 'user' })
    .opts<TraceCommandOptions>();

const arn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:';
const aws = (reads = fakeCloudWatch()) => ({ openReads: () => Promise.resolve(reads), now: () => now });

test('the options name balancer and target group by their ARNs, and scale', async () => {
  const reads = fakeCloudWatch();
  const options = parse(
    ...['--from', 'aws', '--days', '1', '--scale', '3'],
    ...[
      '--load-balancer',
      `${arn}loadbalancer/${loadBalancer}`,
      '--target-group',
      `${arn}targetgroup/web/73e2d6bc24d8a067`,
    ],
  );
  const trace = await traceFromOptions(options, aws(reads));
  expect(trace.requestsPerSecond[0]).toBe(3);
  expect(reads.asked[0]?.MetricDataQueries[0]?.MetricStat.Metric.Dimensions).toEqual([
    { Name: 'LoadBalancer', Value: loadBalancer },
    { Name: 'TargetGroup', Value: 'targetgroup/web/73e2d6bc24d8a067' },
  ]);
});

test.each([
  [[], 'got no trace; add --trace FILE'],
  [['--days', '3'], 'got --days 3 without --from aws'],
  [['--from', 'aws', '--trace', 'daily'], 'give one of the two'],
  [['--from', 'aws'], 'without --load-balancer'],
  [['--from', 'aws', '--load-balancer', 'shop'], 'got "shop"; allowed is app/NAME/ID'],
  [['--from', 'aws', '--load-balancer', loadBalancer, '--trace-period', '90'], 'multiples of 60 seconds'],
  [
    ['--from', 'aws', '--load-balancer', loadBalancer, '--trace-column', 'b'],
    'got --trace-column b and --from aws: it says how files are read',
  ],
  [['--trace', 'daily', '--trace-unit', 'rate'], 'got --trace-unit rate and the shape daily'],
])('%j is refused', async (args, message) => {
  await expect(traceFromOptions(parse(...args), aws())).rejects.toThrow(message);
});

test('a resource without values is refused', async () => {
  const reads = { getMetricData: () => Promise.resolve({ MetricDataResults: [] }) };
  await expect(requestCountTrace(reads, { loadBalancer, now })).rejects.toThrow(
    'TL-TRACE-AWS CloudWatch has no RequestCount',
  );
});
