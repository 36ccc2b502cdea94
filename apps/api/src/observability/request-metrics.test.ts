import { describe, expect, test } from '@jest/globals';
import { RequestMetrics } from './request-metrics.ts';

describe('RequestMetrics', () => {
  test('renders counters, the gauge and cumulative buckets', () => {
    const metrics = new RequestMetrics();
    metrics.inFlight = 2;
    const route = metrics.forRoute('/');
    route.record(200, 1);
    route.record(200, 3);
    route.record(503, 20_000);
    const text = metrics.render();
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'http_requests_in_flight 2',
        'http_requests_total{route="/",status="200"} 2',
        'http_requests_total{route="/",status="503"} 1',
        'http_request_duration_seconds_bucket{route="/",le="0.001"} 1',
        'http_request_duration_seconds_bucket{route="/",le="0.0025"} 1',
        'http_request_duration_seconds_bucket{route="/",le="0.005"} 2',
        'http_request_duration_seconds_bucket{route="/",le="10"} 2',
        'http_request_duration_seconds_bucket{route="/",le="+Inf"} 3',
        'http_request_duration_seconds_sum{route="/"} 20.004',
        'http_request_duration_seconds_count{route="/"} 3',
      ]),
    );
    expect(text.endsWith('\n')).toBe(true);
  });

  test('keeps one set of counts per route pattern', () => {
    const metrics = new RequestMetrics();
    expect(metrics.forRoute('/stress-cpu')).toBe(metrics.forRoute('/stress-cpu'));
  });
});
