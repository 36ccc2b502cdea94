import { describe, expect, test } from '@jest/globals';
import { MeasurementError } from '../outcome.ts';
import { parseAutocannonOutput } from './load-tool.ts';

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
