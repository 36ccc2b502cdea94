import { expect, test } from '@jest/globals';
import { formatCount, formatMilliseconds, formatRate, capacityNoun } from './quantity.ts';

test.each([
  [0, '0 ms'],
  [0.4249, '0.42 ms'],
  [9.84, '9.8 ms'],
  [276.4, '276 ms'],
  [1250, '1,250 ms'],
])('%d milliseconds are written %s', (value, expected) => {
  expect(formatMilliseconds(value)).toBe(expected);
});

test('counts are grouped in threes', () => {
  expect(formatCount(67_503)).toBe('67,503');
});

test.each([
  [24.76, '24.8 requests/s'],
  [374.6, '375 requests/s'],
])('a rate of %d is written %s', (value, expected) => {
  expect(formatRate(value)).toBe(expected);
});

test('a run counts what its record says, and tasks where it says nothing', () => {
  expect(capacityNoun({ scaling: { unit: 'instance' } })).toBe('instances');
  expect(capacityNoun({ scaling: { unit: 'instance' } }, 1)).toBe('instance');
  expect(capacityNoun({ scaling: {} })).toBe('tasks');
  expect(capacityNoun({ scaling: {} }, 1)).toBe('task');
});
