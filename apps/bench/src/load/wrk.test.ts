import { describe, expect, test } from '@jest/globals';
import { parseWrkOutput } from './wrk.ts';

const wrkOutput = (more: readonly string[] = []) =>
  [
    'Running 3s test @ http://127.0.0.1:40987/',
    '  1 threads and 50 connections',
    '  Thread Stats   Avg      Stdev     Max   +/- Stdev',
    '    Latency     3.19ms    1.42ms  31.74ms   92.11%',
    '    Req/Sec    15.90k     1.71k   18.42k    76.67%',
    '  47441 requests in 3.00s, 10.40MB read',
    ...more,
    'Requests/sec:  15813.03',
    'Transfer/sec:      3.47MB',
    '',
  ].join('\n');

describe('parseWrkOutput', () => {
  test('reads the number of requests and the rate', () => {
    expect(parseWrkOutput(wrkOutput())).toEqual({ requests: 47_441, requestsPerSecond: 15_813.03 });
  });

  test('refuses a rate of answers that are errors', () => {
    expect(() => parseWrkOutput(wrkOutput(['  Non-2xx or 3xx responses: 47441']))).toThrow(
      'wrk counted failures: Non-2xx or 3xx responses: 47441',
    );
  });

  test('refuses a rate with socket errors', () => {
    expect(() =>
      parseWrkOutput(wrkOutput(['  Socket errors: connect 0, read 12, write 0, timeout 3'])),
    ).toThrow('wrk counted failures: Socket errors: connect 0, read 12, write 0, timeout 3');
  });

  test('quotes output that has no rate', () => {
    expect(() => parseWrkOutput('unable to connect to 127.0.0.1:1 Connection refused')).toThrow(
      'wrk printed no rate: unable to connect to 127.0.0.1:1 Connection refused',
    );
    expect(() => parseWrkOutput('')).toThrow('wrk printed no rate: nothing at all');
  });

  test('refuses a rate of nothing', () => {
    expect(() => parseWrkOutput('  0 requests in 3.00s, 0B read\nRequests/sec:      0.00')).toThrow(
      'wrk printed no rate',
    );
  });
});
