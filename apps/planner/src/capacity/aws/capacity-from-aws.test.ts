import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Environment, loadEnvironment } from '@tideline/config';
import { capacitySchema } from '@tideline/planner';
import { type FromAws, capacityFromAws } from './capacity-from-aws.ts';
import type { HistoryReads } from './history-reads.ts';

const nowMs = Date.parse('2026-11-29T12:00:30Z');
const objective = { latencyPercentile: 99, latencyMilliseconds: 50, failedPercent: 0.1 };
const arn = 'arn:aws:elasticloadbalancing:us-east-1:1:';

/** A service of two tasks with a daily wave of requests, answering slowly from a rate per task on. */
function fakeReads(
  { highest, knee, counted = true }: { highest: number; knee: number; counted?: boolean },
  asked: Parameters<HistoryReads['getMetricData']>[0][] = [],
): HistoryReads {
  const rateAt = (minute: number): number =>
    (highest * (1.1 - Math.cos((minute / 1440) * 2 * Math.PI))) / 2.1;
  const valueOf = (metricName: string, minute: number): number | undefined => {
    const rate = rateAt(minute);
    switch (metricName) {
      case 'RequestCount':
        return rate * 2 * 60;
      case 'CPUUtilization':
        return 3 + rate * 0.5;
      case 'TargetResponseTime':
        return rate > knee ? 0.2 : 0.02;
      case 'HealthyHostCount':
        return 2;
      case 'RunningTaskCount':
        return counted ? 2 : undefined;
      default:
        return undefined;
    }
  };
  return {
    describeServices: () =>
      Promise.resolve({ services: [{ loadBalancers: [{ targetGroupArn: `${arn}targetgroup/api/1` }] }] }),
    describeAutoScalingGroups: () =>
      Promise.resolve({
        AutoScalingGroups: [
          {
            ...{ AutoScalingGroupName: 'group', MinSize: 1, MaxSize: 2, DesiredCapacity: 1 },
            ...{
              DefaultCooldown: 300,
              AvailabilityZones: [],
              HealthCheckType: 'ELB',
              CreatedTime: new Date(0),
            },
            TargetGroupARNs: [`${arn}targetgroup/api/1`],
          },
        ],
      }),
    describeTargetGroups: () =>
      Promise.resolve({
        TargetGroups: [
          { TargetGroupArn: `${arn}targetgroup/api/1`, LoadBalancerArns: [`${arn}loadbalancer/app/api/9`] },
        ],
      }),
    getMetricData: (input) => {
      asked.push(input);
      // One day a page.
      const day = Number(input.NextToken ?? '0');
      const startMs = input.StartTime?.getTime() ?? 0;
      const days = ((input.EndTime?.getTime() ?? 0) - startMs) / 86_400_000;
      const minutes = Array.from({ length: 1440 }, (_, minute) => day * 1440 + minute);
      return Promise.resolve({
        ...(day + 1 < days ? { NextToken: String(day + 1) } : { NextToken: '' }),
        MetricDataResults: (input.MetricDataQueries ?? []).map(({ Id, MetricStat }) => {
          const points = minutes.flatMap((minute) => {
            const value = valueOf(MetricStat?.Metric?.MetricName ?? '', minute);
            return value === undefined ? [] : [{ at: new Date(startMs + minute * 60_000), value }];
          });
          return { Id, Timestamps: points.map(({ at }) => at), Values: points.map(({ value }) => value) };
        }),
      });
    },
  };
}

let base: Omit<FromAws, 'environment'>;
let environment: Environment;
beforeAll(async () => {
  environment = await loadEnvironment({ preset: 'load-driven', set: [], variables: {} });
  base = {
    ...{ objective, headroomPercent: 20, days: 14, nowMs },
    provenance: {
      ...{ commit: 'abc', node: 'v20', cpus: 2, cpuModel: 'any', platform: 'any', memoryMiB: 1 },
      ...{ measuredAt: new Date(nowMs).toISOString(), wallSeconds: 0 },
    },
  };
});

describe('capacity out of CloudWatch', () => {
  test('is the knee where the service crossed it, with CPU by rate', async () => {
    const capacity = capacitySchema.parse(
      await capacityFromAws({ ...base, environment }, fakeReads({ highest: 100, knee: 80 })),
    );
    expect(capacity).toMatchObject({
      source: 'cloudwatch',
      unit: 'task',
      limitedBy: 'latency',
      intervalMethod: 'bins',
    });
    expect(capacity.requestsPerSecond.low).toBeLessThanOrEqual(80);
    expect(capacity.requestsPerSecond.high).toBeGreaterThanOrEqual(80);
    expect(capacity.idleCpuPercent).toBeCloseTo(3, 6);
    // Half a percent of a quarter vCPU for each request a second.
    expect(capacity.cpuMillisecondsPerRequest).toBeCloseTo(1.25, 6);
    expect(capacity.remarks?.[0]).toBe(
      '20160 minutes with requests in 14 days; tasks counted by RunningTaskCount',
    );
  });

  test('is a lower bound where it never came near, and nothing above it is proposed', async () => {
    const reads = fakeReads({ highest: 40, knee: 80, counted: false });
    const capacity = await capacityFromAws({ ...base, environment }, reads);
    expect(capacity).toMatchObject({ limitedBy: 'not-reached', intervalMethod: 'lower-bound' });
    expect(capacity.requestsPerSecond.value).toBeLessThanOrEqual(40);
    expect(capacity.proposal?.requestsPerTargetPerMinute).toBeLessThanOrEqual(40 * 60 * 0.8);
    expect(capacity.remarks?.join('\n')).toMatch(/counted by HealthyHostCount[^]*never came near its knee/);
  });

  test('reads every page of whole minutes, and each metric under its dimensions', async () => {
    const asked: Parameters<HistoryReads['getMetricData']>[0][] = [];
    await capacityFromAws({ ...base, environment, days: 3 }, fakeReads({ highest: 40, knee: 80 }, asked));
    expect(asked.map(({ NextToken }) => NextToken)).toEqual([undefined, '1', '2']);
    const [first] = asked;
    expect([first?.StartTime, first?.EndTime]).toEqual([
      new Date('2026-11-26T12:00:00Z'),
      new Date('2026-11-29T12:00:00Z'),
    ]);
    const metrics = (first?.MetricDataQueries ?? []).map(({ MetricStat }) => ({
      name: `${MetricStat?.Metric?.Namespace}/${MetricStat?.Metric?.MetricName} ${MetricStat?.Stat}`,
      dimensions: MetricStat?.Metric?.Dimensions?.map(({ Name, Value }) => `${Name}=${Value}`).join(),
    }));
    const atBalancer = 'TargetGroup=targetgroup/api/1,LoadBalancer=app/api/9';
    const ofService = 'ClusterName=tideline-dev,ServiceName=tideline-dev-api';
    expect(metrics).toEqual([
      { name: 'AWS/ECS/CPUUtilization Average', dimensions: ofService },
      { name: 'ECS/ContainerInsights/RunningTaskCount Average', dimensions: ofService },
      { name: 'AWS/ApplicationELB/RequestCount Sum', dimensions: atBalancer },
      { name: 'AWS/ApplicationELB/HealthyHostCount Average', dimensions: atBalancer },
      { name: 'AWS/ApplicationELB/TargetResponseTime p99', dimensions: atBalancer },
      { name: 'AWS/ApplicationELB/HTTPCode_Target_5XX_Count Sum', dimensions: atBalancer },
      { name: 'AWS/ApplicationELB/TargetConnectionErrorCount Sum', dimensions: atBalancer },
    ]);
  });

  test('of a group is that of an instance', async () => {
    const group = await loadEnvironment({ preset: 'stateless-asg', set: [], variables: {} });
    const reads = fakeReads({ highest: 100, knee: 80 });
    expect(await capacityFromAws({ ...base, environment: group }, reads)).toMatchObject({ unit: 'instance' });
  });

  test.each([
    [
      'a service that is not there',
      { describeServices: () => Promise.resolve({ services: [] }) },
      /does not exist/,
    ],
    [
      'one without a target group',
      { describeServices: () => Promise.resolve({ services: [{}] }) },
      /has no target group/,
    ],
    [
      'one that nothing forwards to',
      { describeTargetGroups: () => Promise.resolve({ TargetGroups: [{}] }) },
      /no load balancer forwards/,
    ],
    [
      'one without requests',
      { getMetricData: () => Promise.resolve({ MetricDataResults: [] }) },
      /had 0 minutes with requests in 14 days/,
    ],
  ])('refuses %s', async (_, difference, why) => {
    const reads = { ...fakeReads({ highest: 1, knee: 1 }), ...difference } as HistoryReads;
    const capacity = capacityFromAws({ ...base, environment }, reads);
    await expect(capacity).rejects.toThrow(why);
    await expect(capacity).rejects.toMatchObject({ code: 'TL-CAPACITY-AWS' });
  });
});
