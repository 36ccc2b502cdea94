import { describe, expect, test } from '@jest/globals';
import { contentOf, ownTexts } from './read-xml.ts';

describe('XML of a request', () => {
  test('an element’s content is what stands in it, not in one whose name begins alike', () => {
    expect(
      contentOf('<ConfigWithTags a="1"><Config b="2"><A>1</A></Config></ConfigWithTags>', 'Config'),
    ).toBe('<A>1</A>');
    expect(contentOf('<ConfigWithTags/>', 'Config')).toBe('');
  });

  test('own texts are those of the elements that stand in no other', () => {
    const content = '<A><On>no</On></A><None/><On>yes</On><B><On>no</On><C/></B><D a="1">last</D>';
    expect(Object.fromEntries(ownTexts(content))).toEqual({ A: '', On: 'yes', B: '', D: 'last' });
  });
});
