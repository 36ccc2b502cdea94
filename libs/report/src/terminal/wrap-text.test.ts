import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lengthOf, wrapText } from './wrap-text.ts';

test('text breaks at spaces', () => {
  expect(wrapText('to be or not to be', 8)).toEqual(['to be or', 'not to', 'be']);
});

test('a word longer than a line is cut', () => {
  expect(wrapText('a abcdefgh', 3)).toEqual(['a', 'abc', 'def', 'gh']);
});

test('empty text is one empty line', () => {
  expect(wrapText('', 5)).toEqual(['']);
});

test('no line is too long and no character is lost', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 20 }), (text, width) => {
      const lines = wrapText(text, width);
      expect(Math.max(...lines.map(lengthOf))).toBeLessThanOrEqual(width);
      expect(lines.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
    }),
  );
});
