import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { durationSeconds, seconds, whole, words } from './readers.ts';

test.each([
  ['15s', 15],
  ['1m30s', 90],
  ['1h', 3600],
  ['1.5m', 90],
  ['500ms', 0.5],
  ['2h45m10s', 9910],
])('%s are %d seconds', (text, expected) => {
  expect(durationSeconds(text)).toBe(expected);
});

test.each(['', '15', 's', '-1s', '1 s', '1s2', 15, null, {}])('%j is no duration', (value) => {
  expect(durationSeconds(value)).toBeUndefined();
});

test('a duration that is written in hours, minutes and seconds is read back', () => {
  fc.assert(
    fc.property(
      fc.nat(99),
      fc.nat(59),
      fc.nat(59),
      (h, m, s) => durationSeconds(`${h}h${m}m${s}s`) === h * 3600 + m * 60 + s,
    ),
  );
});

test('seconds are whole and in their range, or what is allowed is said', () => {
  expect(seconds(5, 300)('1m')).toEqual({ value: 60 });
  for (const value of ['4s', '301s', '1500ms', 60])
    expect(seconds(5, 300)(value)).toEqual({ allowed: 'whole seconds from 5 to 300, such as 5s' });
});

test.each([
  ['7', { value: 7 }],
  [7, { value: 7 }],
  [7.5, { allowed: 'a whole number from 1 to 9' }],
  ['7a', { allowed: 'a whole number from 1 to 9' }],
  [10, { allowed: 'a whole number from 1 to 9' }],
])('%j as a whole number', (value, expected) => {
  expect(whole(1, 9)(value)).toEqual(expected);
});

test('words that are quoted for a shell are read back', () => {
  const word = fc.string({ minLength: 1, maxLength: 20 });
  const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (list) => {
      expect(words(list.map(quote).join(' '))).toEqual({ value: list });
    }),
  );
});

test.each(["sh -c 'open", 'a "b', 'a \\', '', [], ['a', 1], { a: 1 }])('%j are no words', (value) => {
  expect(words(value)).toHaveProperty('allowed');
});
