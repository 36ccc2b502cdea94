import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { left, right } from '../facts/table.ts';
import { tableBlocks, lengthOf, wrapText } from './text-table.ts';

test('columns are as wide as their widest cell, and numbers stand at the right', () => {
  const table = {
    columns: [left('name'), right('n')],
    rows: [
      ['a', '1'],
      ['longer', '1,000'],
    ],
  };
  expect(tableBlocks(table, 40)).toEqual([['name        n'], ['a           1'], ['longer  1,000']]);
});

test('the widest column wraps where the table would be too wide', () => {
  const table = { columns: [left('id'), left('cause')], rows: [['1', 'an alarm went off']] };
  expect(tableBlocks(table, 12)).toEqual([['id  cause'], ['1   an alarm', '    went off']]);
});

test('a line break within a cell does not break the table', () => {
  expect(tableBlocks({ columns: [left('x')], rows: [['a\nb']] }, 10)).toEqual([['x'], ['a b']]);
});

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
