import { describe, expect, test } from '@jest/globals';
import { MeasurementError } from '../outcome.ts';
import { parseAutocannonOutput, parseWrkOutput } from './load-tool.ts';

const autocannonOutput = (changes: object = {}) =>
  JSON.stringify({
    url: 'http://127.0.0.1:9911/',
    connections: 50,
    duration: 3.08,
    requests: { average: 13_232, mean: 13_232, total: 39_693, sent: 39_743 },
    errors: 0,
    timeouts: 0,
    non2xx: 0,
    '2xx': 39_693,
    ...changes,
  });

describe('parseAutocannonOutput', () => {
  test('reads the rate that autocannon itself names', () => {
    expect(parseAutocannonOutput(autocannonOutput())).toBe(13_232);
  });

  test('refuses a rate with failures', () => {
    expect(() => parseAutocannonOutput(autocannonOutput({ errors: 4, timeouts: 1, non2xx: 2 }))).toThrow(
      'autocannon counted failures: 4 errors, 1 of them timeouts, 2 answers other than 2xx',
    );
  });

  test('quotes what is no JSON', () => {
    expect(() => parseAutocannonOutput('Usage: autocannon [opts] URL')).toThrow(
      'autocannon printed no JSON, but Usage: autocannon [opts] URL',
    );
    expect(() => parseAutocannonOutput('Usage')).toThrow(MeasurementError);
    expect(() => parseAutocannonOutput(' ')).toThrow('autocannon printed no JSON, but nothing');
  });

  test('names the field that is missing', () => {
    expect(() => parseAutocannonOutput(autocannonOutput({ requests: {} }))).toThrow(
      'autocannon printed JSON without the expected fields: requests.average',
    );
  });
});

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
  test('reads the rate', () => {
    expect(parseWrkOutput(wrkOutput())).toBe(15_813.03);
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
    expect(() => parseWrkOutput('Requests/sec:      0.00')).toThrow('wrk printed no rate');
  });
});
