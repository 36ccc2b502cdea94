import { expect, test } from '@jest/globals';
import { counted } from './counted.ts';

test.each([
  [0, '0 tasks'],
  [1, '1 task'],
  [1.5, '1.5 tasks'],
  [2, '2 tasks'],
])('%d is counted as %s', (count, words) => {
  expect(counted(count, 'task')).toBe(words);
});

test('a count is written as it is asked for', () => {
  expect(counted(1234, 'user', (count) => count.toLocaleString('en-US'))).toBe('1,234 users');
});
