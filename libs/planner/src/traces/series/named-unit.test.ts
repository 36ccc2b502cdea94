import { describe, expect, test } from '@jest/globals';
import { commonUnit, namedUnit } from './named-unit.ts';

const named = (name: string, given?: 'count' | 'rate') => namedUnit(name, { given, where: 'a.csv' });

describe('the name of a column says', () => {
  test.each([
    ['requests', null],
    ['RequestCount', null],
    ['HTTPCode_Target_2XX_Count', null],
    ['hits', null],
    ['total_requests', null],
  ])('%s: a count', (name) => {
    expect(named(name)).toEqual({ unit: 'count', perSeconds: 1 });
  });

  test.each([
    ['rps', 1],
    ['avg_rps', 1],
    ['qps', 1],
    ['req/s', 1],
    ['Requests/sec', 1],
    ['requests (1/s)', 1],
    ['requests_per_second', 1],
    ['per_second', 1],
    ['requests_ps', 1],
    ['request_rate', 1],
    ['rpm', 60],
    ['RPM', 60],
    ['requests_per_minute', 60],
    ['requestsPerMinute', 60],
    ['rate_per_min', 60],
    ['req/min', 60],
    ['reqpermin', 60],
    ['requests per 5 minutes', 300],
    ['req/5min', 300],
    ['requests_per_hour', 3600],
    ['rph', 3600],
    ['requests/h', 3600],
    ['requests_per_day', 86_400],
    ['requests_per_week', 604_800],
  ])('%s: a rate over %i s', (name, perSeconds) => {
    expect(named(name)).toEqual({ unit: 'rate', perSeconds });
  });

  test.each(['value', 'helpers', 'GET /search', 'percent'])('%s: nothing', (name) => {
    expect(named(name)).toEqual({ unit: null, perSeconds: 1 });
  });

  test.each([
    'requests_per_month',
    'RequestCountPerTarget',
    'requests_per_target_per_minute',
    'krps',
    'kreq/s',
  ])('%s: what cannot be read, which is refused with what to do', (name) => {
    expect(() => named(name)).toThrow(/^TL-TRACE-UNIT a\.csv: .*--trace-unit, and multiply with --scale/);
    expect(named(name, 'count')).toEqual({ unit: 'count', perSeconds: 1 });
  });
});

test('what the user says comes before the name', () => {
  expect(named('rps', 'count')).toEqual({ unit: 'count', perSeconds: 1 });
  expect(named('rpm', 'count')).toEqual({ unit: 'count', perSeconds: 1 });
  expect(named('requests', 'rate')).toEqual({ unit: 'rate', perSeconds: 1 });
});

test('rates per second of a column of rates per minute are refused', () => {
  expect(() => named('rpm', 'rate')).toThrow(/^TL-TRACE-UNIT --trace-unit rate: .*"rpm".* per 60 s; leave/);
});

test('files with counts and rates are no one trace', () => {
  expect(commonUnit(null, 'rate', 'b.csv')).toBe('rate');
  expect(commonUnit('rate', null, 'b.csv')).toBe('rate');
  expect(() => commonUnit('count', 'rate', 'b.csv')).toThrow(/^TL-TRACE-UNIT b\.csv: .*a rate, .* a count;/);
});
