import { expect, test } from '@jest/globals';
import { escapeMarkdown } from './markdown-table.ts';

test.each([
  ['a | b', 'a \\| b'],
  ['two\r\nlines', 'two  lines'],
  ['<b>&amp;', '&lt;b&gt;&amp;amp;'],
  ['`x` *y* _z_ [l](u)', '\\`x\\` \\*y\\* \\_z\\_ \\[l\\](u)'],
  ['back\\slash', 'back\\\\slash'],
])('%j is escaped as %j', (text, expected) => {
  expect(escapeMarkdown(text)).toBe(expected);
});
