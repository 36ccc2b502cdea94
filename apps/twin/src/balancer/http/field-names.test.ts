import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FieldNames } from './field-names.ts';

const set = [
  'host',
  'content-length',
  'connection',
  'keep-alive',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'http2-settings',
];
const names = new FieldNames(set);

describe('FieldNames', () => {
  test('finds a name of the set in any spelling, wherever it is', () => {
    expect(names.find('X: 1\r\nCONTENT-Length: 5', 6, 20)).toBe('content-length');
    for (const name of set) expect(names.find(name.toUpperCase(), 0, name.length)).toBe(name);
  });

  test('finds what toLowerCase makes a member, and nothing else', () => {
    const near = fc.tuple(fc.constantFrom(...set), fc.nat(), fc.nat({ max: 255 })).map(([name, at, code]) => {
      const index = at % name.length;
      return name.slice(0, index) + String.fromCharCode(code) + name.slice(index + 1);
    });
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'binary-ascii', maxLength: 20 })), (text) => {
        const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
        expect(names.find(`A${text}:`, 1, 1 + text.length)).toBe(set.includes(lower) ? lower : '');
      }),
      { numRuns: 5000 },
    );
  });

  test.each(['content\rlength', 'Content_Length', 'h\x0fst', 'hos\x54\x00', ''])(
    'finds nothing in %j',
    (text) => {
      expect(names.find(text, 0, text.length)).toBe('');
    },
  );
});
