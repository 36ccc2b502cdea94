import { expect, test } from '@jest/globals';
import { left, right } from '../facts/table.ts';
import { tableBlocks } from './text-table.ts';

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
