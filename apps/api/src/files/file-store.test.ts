import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attachment } from './file-store.ts';

describe('attachment', () => {
  test('names the file plainly, and exactly for who reads it', () => {
    expect(attachment('report (1).pdf')).toBe(
      `attachment; filename="report (1).pdf"; filename*=UTF-8''report%20%281%29.pdf`,
    );
    expect(attachment('é"\\x')).toBe(`attachment; filename="___x"; filename*=UTF-8''%C3%A9%22%5Cx`);
  });

  test('is one harmless header whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const header = attachment(name);
        expect(header).toMatch(/^attachment; filename="[ !#-[\]-~]*"; filename\*=UTF-8''[\w.!~%&$+^`|#-]*$/);
        expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).toBe(name);
      }),
    );
  });
});
