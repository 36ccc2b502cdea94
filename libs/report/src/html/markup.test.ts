import { expect, test } from '@jest/globals';
import { markup } from './markup.ts';

test('text is escaped in content and in attributes', () => {
  expect(markup`<a title="${'"x"'}">${"<b>'&"}</a>`.markup).toBe(
    '<a title="&quot;x&quot;">&lt;b&gt;&#39;&amp;</a>',
  );
});

test('markup and lists of markup are kept as they are', () => {
  expect(markup`<ul>${['a', 'b'].map((item) => markup`<li>${item}</li>`)}</ul>`.markup).toBe(
    '<ul><li>a</li><li>b</li></ul>',
  );
});

test('null is nothing', () => {
  expect(markup`[${null}]`.markup).toBe('[]');
});
