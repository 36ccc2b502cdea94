import { describe, expect, test } from '@jest/globals';
import { MetricsRecorder, metricsBetween } from './metrics.ts';

describe('MetricsRecorder', () => {
  test('counts each answer in its class, and a balancer’s own answer also by its status', () => {
    const recorder = new MetricsRecorder();
    for (const status of [200, 204, 301, 404, 500, 503]) recorder.answeredByTarget('a', status, 1);
    for (const status of [400, 502, 503, 504, 505]) recorder.answeredByBalancer(status);
    recorder.abortedByClient();
    expect(recorder.snapshot()).toMatchObject({
      target2xx: 2,
      target3xx: 1,
      target4xx: 1,
      target5xx: 2,
      elb4xx: 2,
      elb5xx: 4,
      elb502: 1,
      elb503: 1,
      elb504: 1,
      clientAborts: 1,
    });
  });

  test('a snapshot does not change afterwards', () => {
    const recorder = new MetricsRecorder();
    const before = recorder.snapshot();
    recorder.dispatched('a');
    recorder.answeredByTarget('a', 200, 5);
    expect(before).toMatchObject({ requests: 0, target2xx: 0 });
    expect(before.requestsByTarget.size).toBe(0);
    expect(before.targetResponseTime.count).toBe(0);
  });
});

describe('metricsBetween', () => {
  test('gives what happened in between, and open connections as they are', () => {
    const recorder = new MetricsRecorder();
    recorder.connectionOpened();
    recorder.dispatched('a');
    recorder.dispatched('gone');
    const earlier = recorder.snapshot();
    recorder.connectionOpened();
    recorder.dispatched('a');
    recorder.dispatched('a');
    recorder.answeredByTarget('a', 200, 10);
    const delta = metricsBetween(earlier, recorder.snapshot());
    expect(delta).toMatchObject({ requests: 2, target2xx: 1, newConnections: 1, activeConnections: 2 });
    expect([...delta.requestsByTarget]).toEqual([['a', 2]]);
    expect(delta.targetResponseTime.sumSeconds).toBeCloseTo(0.01);
  });
});
