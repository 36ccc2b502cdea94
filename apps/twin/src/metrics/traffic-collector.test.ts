import { describe, expect, test } from '@jest/globals';
import { resolveEnvironment } from '@tideline/config';
import type { HostAnomalies } from '../balancer/targets/anomaly-mitigation.ts';
import { MetricsRecorder } from '../balancer/metrics.ts';
import type { RequestHead, RequestRules } from '../balancer/http/request-head.ts';
import type { Clock } from '../clock/clock.ts';
import { MetricStore } from './metric-store.ts';
import { TrafficCollector } from './traffic-collector.ts';

const requestsKey = 'AWS/ApplicationELB/RequestCount/Sum';
const perTargetKey = 'AWS/ApplicationELB/RequestCountPerTarget/Sum';

function rig(options: { readonly idleRequests?: 'zero' | 'missing' } = {}) {
  let speed = 1;
  let healthy = 2;
  let now = 0;
  let anomalies: HostAnomalies | null = null;
  const clock: Clock = {
    get speed() {
      return speed;
    },
    now: () => now,
    at: () => ({ cancel: () => undefined }),
  };
  const recorder = new MetricsRecorder();
  const store = new MetricStore();
  const collector = new TrafficCollector({
    environment: resolveEnvironment({
      preset: 'rig',
      compute: { kind: 'fargate' },
      assumptions: options,
    }),
    clock,
    store,
    snapshot: () => recorder.snapshot(),
    healthyTargets: () => healthy,
    anomalies: () => anomalies,
  });
  return {
    collector,
    recorder,
    requests: (count: number, { status = 200, ms = 4 } = {}): void => {
      for (let index = 0; index < count; index += 1) {
        recorder.dispatched('t1');
        recorder.answeredByTarget('a', status, ms);
      }
    },
    setSpeed: (value: number): void => {
      collector.mark();
      speed = value;
    },
    setHealthy: (value: number): void => {
      healthy = value;
      collector.mark();
    },
    setAnomalies: (value: HostAnomalies): void => {
      anomalies = value;
    },
    elapse: (seconds: number): void => {
      now += seconds;
    },
    starts: (key: string) => store.all(key).map(({ startSeconds }) => startSeconds),
    running: (key: string) => store.all(key).map(({ running }) => running),
    values: (key: string): readonly number[] => store.all(key).map(({ value }) => value),
    keys: (): readonly string[] => store.series().map(({ key }) => key),
  };
}

describe('TrafficCollector', () => {
  test('counts requests and requests per healthy target of each minute', () => {
    const { collector, requests, values } = rig();
    requests(120);
    collector.collect(0);
    requests(60);
    collector.collect(60);
    expect(values(requestsKey)).toEqual([120, 60]);
    expect(values(perTargetKey)).toEqual([60, 30]);
  });

  test('a compressed minute reports the count that a full one at its rate would have had', () => {
    const { collector, requests, setSpeed, values } = rig();
    setSpeed(60);
    requests(10); // in one wall second
    collector.collect(0);
    expect(values(requestsKey)).toEqual([600]);
    expect(values(perTargetKey)).toEqual([300]);
  });

  test('a change of speed within the minute scales each stretch by its own speed', () => {
    const { collector, requests, setSpeed, values } = rig();
    requests(300);
    setSpeed(30);
    requests(10);
    collector.collect(0);
    expect(values(requestsKey)).toEqual([600]);
    setSpeed(1);
    requests(7);
    collector.collect(60);
    expect(values(requestsKey)).toEqual([600, 7]);
  });

  test('a change of healthy targets divides each stretch by its own count', () => {
    const { collector, requests, setHealthy, values } = rig();
    requests(100);
    setHealthy(4);
    requests(100);
    collector.collect(0);
    expect(values(perTargetKey)).toEqual([50 + 25]);
    expect(values(requestsKey)).toEqual([200]);
  });

  test('says over how many targets the figures are averages', () => {
    const { collector, elapse, requests, setHealthy, running } = rig();
    requests(100, { ms: 10 });
    elapse(45);
    setHealthy(4);
    requests(100, { ms: 10 });
    elapse(15);
    collector.collect(0);
    // 200 requests were 75 for each target.
    expect(running(perTargetKey)).toEqual([200 / 75]);
    expect(running('AWS/ApplicationELB/TargetResponseTime/Average')).toEqual([2.5]);
    setHealthy(0);
    elapse(60);
    collector.collect(60);
    expect(running(perTargetKey)[1]).toBeUndefined();
  });

  test('requests that go to unhealthy targets, failing open, count for one', () => {
    const { collector, requests, setHealthy, values } = rig();
    setHealthy(0);
    requests(10);
    collector.collect(0);
    expect(values(perTargetKey)).toEqual([10]);
  });

  test('counts requests that do not comply, and those with invalid headers, where there were any', () => {
    const { collector, recorder, requests, values, keys } = rig();
    const head = { desync: undefined, invalidFields: 1 } as unknown as RequestHead;
    recorder.received(head, { dropInvalidHeaderFields: true } as RequestRules);
    recorder.received(
      { ...head, desync: 'ambiguous', invalidFields: 0 } as unknown as RequestHead,
      {
        dropInvalidHeaderFields: true,
      } as RequestRules,
    );
    collector.collect(0);
    requests(1);
    collector.collect(60);
    const elb = (name: string) => `AWS/ApplicationELB/${name}/Sum`;
    expect(values(elb('DesyncMitigationMode_NonCompliant_Request_Count'))).toEqual([1]);
    expect(values(elb('DroppedInvalidHeaderRequestCount'))).toEqual([1]);
    expect(keys()).not.toContain(elb('ForwardedInvalidHeaderRequestCount'));
  });

  test('counts anomalous and mitigated targets where the balancer mitigates', () => {
    const { collector, setAnomalies, values } = rig();
    const anomalous = 'AWS/ApplicationELB/AnomalousHostCount/Average';
    collector.collect(0);
    expect(values(anomalous)).toEqual([]);
    setAnomalies({ anomalous: 1, mitigated: 2 });
    collector.collect(60);
    expect(values(anomalous)).toEqual([1]);
    expect(values('AWS/ApplicationELB/MitigatedHostCount/Average')).toEqual([2]);
  });

  test('an idle minute reports zeros', () => {
    const { collector, values } = rig();
    collector.collect(0);
    expect(values(requestsKey)).toEqual([0]);
    expect(values(perTargetKey)).toEqual([0]);
  });

  test('a minute without a target has no requests per target', () => {
    const { collector, setHealthy, starts, values } = rig();
    setHealthy(0);
    collector.collect(0);
    collector.collect(60);
    setHealthy(1);
    collector.collect(120);
    collector.collect(180);
    // The first minute began with a target, and the last ones had one again.
    expect(starts(perTargetKey)).toEqual([0, 120, 180]);
    expect(values(requestsKey)).toEqual([0, 0, 0, 0]);
  });

  test('an idle minute reports nothing where the assumptions say so', () => {
    const { collector, requests, values } = rig({ idleRequests: 'missing' });
    collector.collect(0);
    expect(values(perTargetKey)).toEqual([]);
    requests(2);
    collector.collect(60);
    expect(values(perTargetKey)).toEqual([1]);
  });

  test('response times are those of the minute, in seconds, and missing when nothing was answered', () => {
    const { collector, requests, values } = rig();
    requests(50, { ms: 10 });
    collector.collect(0);
    requests(50, { ms: 200 });
    collector.collect(60);
    collector.collect(120);
    const averages = values('AWS/ApplicationELB/TargetResponseTime/Average');
    expect(averages).toHaveLength(2);
    expect(averages[0]).toBeCloseTo(0.01, 3);
    expect(averages[1]).toBeCloseTo(0.2, 2);
    for (const statistic of ['p50', 'p90', 'p95', 'p99']) {
      const [, p] = values(`AWS/ApplicationELB/TargetResponseTime/${statistic}`);
      expect(p! / 0.2).toBeCloseTo(1, 1);
    }
  });

  test('answers are counted by who gave them and by class, and only when there are any', () => {
    const { collector, recorder, requests, setSpeed, values } = rig();
    setSpeed(2);
    requests(3);
    requests(2, { status: 404 });
    requests(1, { status: 500 });
    recorder.answeredByBalancer(502);
    recorder.answeredByBalancer(400);
    collector.collect(0);
    expect(values('AWS/ApplicationELB/HTTPCode_Target_2XX_Count/Sum')).toEqual([6]);
    expect(values('AWS/ApplicationELB/HTTPCode_Target_4XX_Count/Sum')).toEqual([4]);
    expect(values('AWS/ApplicationELB/HTTPCode_Target_5XX_Count/Sum')).toEqual([2]);
    expect(values('AWS/ApplicationELB/HTTPCode_ELB_5XX_Count/Sum')).toEqual([2]);
    expect(values('AWS/ApplicationELB/HTTPCode_ELB_4XX_Count/Sum')).toEqual([2]);

    const idle = rig();
    idle.collector.collect(0);
    expect(idle.keys().filter((key) => key.includes('HTTPCode'))).toEqual([]);
  });

  test('the healthy host count is the one at the end of the minute', () => {
    const { collector, setHealthy, values } = rig();
    setHealthy(5);
    collector.collect(0);
    expect(values('AWS/ApplicationELB/HealthyHostCount/Average')).toEqual([5]);
  });
});
