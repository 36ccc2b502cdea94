import { expect, test } from '@jest/globals';
import { trace } from '../../test/subjects.ts';
import { traceDoubts } from './trace-doubts.ts';

const day = 1440;
const days = (count: number, rate: (minute: number, ofDay: number) => number): readonly number[] =>
  Array.from({ length: count * day }, (_, minute) => rate(Math.floor(minute / day), minute % day));
const codes = (rates: readonly number[]): readonly string[] =>
  traceDoubts(trace(rates), Math.round(rates.length * 0.6) * 60).map(({ code }) => code);

const morning = (ofDay: number): number => (ofDay < day / 2 ? 100 : 20);
const evening = (ofDay: number): number => (ofDay < day / 2 ? 20 : 100);

test('days that are like each other leave no doubt', () => {
  expect(codes(days(10, (_, ofDay) => morning(ofDay)))).toEqual([]);
  expect(codes(days(10, () => 50))).toEqual([]);
});

test('fewer than three days are short', () => {
  expect(codes(days(2, () => 50))).toEqual(['TL-PLAN-TRACE-SHORT']);
});

test('half as much traffic again is a shift', () => {
  expect(codes(days(10, (index, ofDay) => morning(ofDay) * (index < 6 ? 1 : 1.6)))).toEqual([
    'TL-PLAN-TRACE-SHIFTED',
  ]);
  expect(codes(days(10, (index, ofDay) => morning(ofDay) * (index < 6 ? 1 : 1.4)))).toEqual([]);
});

test('other hours that are busy are another pattern', () => {
  expect(codes(days(10, (index, ofDay) => (index < 6 ? morning(ofDay) : evening(ofDay))))).toEqual([
    'TL-PLAN-TRACE-PATTERN',
  ]);
});

test('an empty trace is not unlike itself', () => {
  expect(codes(days(4, () => 0))).toEqual([]);
});
