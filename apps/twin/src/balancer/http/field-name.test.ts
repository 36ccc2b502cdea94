import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lowerCaseName } from './field-name.ts';

/** Every character that a field name may hold (RFC 9110, 5.6.2). */
const tokenCharacters = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter(
  (character) => /[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(character),
);

describe('lowerCaseName', () => {
  test('reads a name in any spelling, wherever it stands', () => {
    const text = 'X: 1\r\nCONTENT-Length: 5';
    expect(lowerCaseName(text, 6, 20)).toBe('content-length');
  });

  test('is toLowerCase for every token', () => {
    const name = fc.oneof(
      fc.string({ unit: fc.constantFrom(...tokenCharacters), minLength: 1, maxLength: 40 }),
      fc.constantFrom(
        'Host',
        'HOST',
        'Content-Length',
        'transfer-ENCODING',
        'Transfer\x0dEncoding',
        'x-frame-optionS',
      ),
    );
    fc.assert(
      fc.property(name, (text) => {
        expect(lowerCaseName(`A${text}:`, 1, 1 + text.length)).toBe(text.toLowerCase());
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['content\rlength', 'Content_Length', 'h\x0fst', 'hosT\x00'])(
    '%j is not taken for a usual name',
    (text) => {
      expect(lowerCaseName(text, 0, text.length)).toBe(text.toLowerCase());
    },
  );
});
