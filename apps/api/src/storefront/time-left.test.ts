import { describe, expect, test } from '@jest/globals';
import { priceText } from './sale.ts';
import { momentText, timeLeft } from './time-left.ts';

const endsAt = new Date('2026-11-22T23:00:00Z');
const before = (seconds: number) => timeLeft(endsAt, new Date(endsAt.getTime() - seconds * 1000));

describe('the time left', () => {
  test('has hours, minutes and seconds of two digits, and days where there are any', () => {
    expect(before(7199).parts.map(({ text }) => text)).toEqual(['01', '59', '59']);
    expect(before(200_000).parts.map(({ unit, text }) => `${text} ${unit}`)).toEqual([
      '02 days',
      '07 hours',
      '33 minutes',
      '20 seconds',
    ]);
  });

  test('is read out to the minute', () => {
    expect([before(3660).spoken, before(7200).spoken, before(59).spoken]).toEqual([
      '1 hour 1 minute',
      '2 hours',
      'less than a minute',
    ]);
  });

  test('is never less than none', () => {
    expect(before(-5).seconds).toBe(0);
  });

  test('has an end that names its zone', () => {
    expect(momentText(endsAt)).toMatch(/^22 November.*23:00.*UTC$/);
  });
});

test('a price is written in dollars and cents', () => {
  expect([priceText(3900), priceText(1), priceText(123_456_789)]).toEqual([
    '$39.00',
    '$0.01',
    '$1,234,567.89',
  ]);
});
