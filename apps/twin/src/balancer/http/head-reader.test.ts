import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HeadReader } from './head-reader.ts';
import { splitAt } from './testing/split-at.ts';

/** Feeds pieces until something other than `incomplete` comes out, as a connection does. */
function read(pieces: readonly Buffer[], limitBytes = 256) {
  const reader = new HeadReader(limitBytes);
  let before = 0;
  for (const piece of pieces) {
    const progress = reader.push(piece, 0);
    if (progress === 'malformed' || progress === 'too-large') return { refused: true };
    if (progress !== 'incomplete') return { head: reader.take(), end: before + progress };
    before += piece.length;
  }
  return { incomplete: true };
}

describe('HeadReader', () => {
  test('finds the head and says where it ends', () => {
    expect(read([Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\nrest')])).toEqual({
      head: 'GET / HTTP/1.1\r\nHost: a\r\n',
      end: 27,
    });
  });

  test('any split of the bytes gives the same result', () => {
    const fragment = fc.constantFrom('GET / HTTP/1.1', 'Host: a', '\r\n', '\r\n\r\n', '\r', '\n', 'x', ': ');
    fc.assert(
      fc.property(
        fc.array(fragment, { maxLength: 40 }),
        fc.array(fc.nat({ max: 300 }), { maxLength: 12 }),
        (fragments, cuts) => {
          const bytes = Buffer.from(`GET / HTTP/1.1\r\n${fragments.join('')}`);
          const whole = read([bytes]);
          const split = read(splitAt(bytes, cuts));
          // A bare line feed is refused as soon as it is seen; in one piece, the head may be complete first and its parser refuses.
          if ('refused' in split && 'head' in whole) expect(whole.head).toMatch(/(^|[^\r])\n/);
          else expect(split).toEqual(whole);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('empty lines before a head are skipped, also when they arrive in pieces', () => {
    const head = 'GET / HTTP/1.1\r\n';
    for (const pieces of [
      ['\r\n\r\nGET / HTTP/1.1\r\n\r\n'],
      ['\r', '\nGET / HTTP/1.1\r\n\r\n'],
      ['\r\n\r', '\n', 'GET / HTTP/1.1\r\n\r\n'],
    ]) {
      expect(read(pieces.map((piece) => Buffer.from(piece)))).toMatchObject({ head });
    }
  });

  test('a head of the limit is read and one byte more is refused', () => {
    const head = `GET / HTTP/1.1\r\nA: ${'x'.repeat(100)}\r\n\r\n`;
    expect(read([Buffer.from(head)], head.length)).toHaveProperty('head');
    expect(read([Buffer.from(head)], head.length - 1)).toEqual({ refused: true });
    expect(read(splitAt(Buffer.from(head), [20, 40, 90]), head.length - 1)).toEqual({ refused: true });
  });

  test('lines that end in a bare line feed are refused without waiting for more', () => {
    expect(read([Buffer.from('GET / HTTP/1.1\n\n')])).toEqual({ refused: true });
  });
});
