import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ChunkedDecoder } from './chunked-decoder.ts';
import { splitAt } from './testing/split-at.ts';

function decode(pieces: readonly Buffer[]) {
  const decoder = new ChunkedDecoder();
  const data: Buffer[] = [];
  let consumed = 0;
  for (const piece of pieces) {
    const length = decoder.decode(piece, 0, piece);
    data.push(Buffer.from(piece.subarray(0, length)));
    consumed += decoder.consumedTo;
    if (decoder.isDone || decoder.hasFailed) break;
  }
  if (decoder.hasFailed) return 'failed';
  return { text: Buffer.concat(data).toString('latin1'), isDone: decoder.isDone, consumed };
}

const encode = (chunks: readonly Uint8Array[]): Buffer =>
  Buffer.concat([
    ...chunks.flatMap((chunk) => [
      Buffer.from(`${chunk.length.toString(16)}\r\n`),
      Buffer.from(chunk),
      Buffer.from('\r\n'),
    ]),
    Buffer.from('0\r\n\r\n'),
  ]);

describe('ChunkedDecoder', () => {
  test('any split of a chunked body gives its data, and leaves what follows it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 8 }),
        fc.array(fc.nat({ max: 400 }), { maxLength: 12 }),
        (chunks, cuts) => {
          const body = encode(chunks);
          const pieces = splitAt(Buffer.concat([body, Buffer.from('GET / next')]), cuts);
          expect(decode(pieces)).toEqual({
            text: Buffer.concat(chunks).toString('latin1'),
            isDone: true,
            consumed: body.length,
          });
        },
      ),
    );
  });

  test('any split of arbitrary bytes gives the same result', () => {
    const fragment = fc.constantFrom(
      '0',
      '3',
      'a',
      '00',
      ' ;y',
      ';x',
      '\r\n',
      '\r',
      '\n',
      'abc',
      ' ',
      '0\r\n',
      '3\r\nabc\r\n',
    );
    fc.assert(
      fc.property(
        fc.array(fragment, { maxLength: 15 }),
        fc.array(fc.nat({ max: 60 }), { maxLength: 8 }),
        (fragments, cuts) => {
          const bytes = Buffer.from(fragments.join(''));
          expect(decode(splitAt(bytes, cuts))).toEqual(decode(splitAt(bytes, [])));
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    ['leading zeros', '000000000003\r\nabc\r\n0\r\n\r\n'],
    ['zeros that end the body', '3\r\nabc\r\n0000\r\n\r\n'],
    ['padded sizes of many chunks', `${'00000001\r\na\r\n'.repeat(9000)}0\r\n\r\n`],
    ['a blank before an extension', '3 \t;x=1\r\nabc\r\n0\r\n\r\n'],
    ['blanks within an extension', '3 ; x = "1"\r\nabc\r\n0 ;y\r\n\r\n'],
    ['digits of both cases', '00A\r\n0123456789\r\n0b\r\n0123456789a\r\n0\r\n\r\n'],
  ])('%s are read, as RFC 9112 allows', (_, body) => {
    expect(decode([Buffer.from(body)])).toMatchObject({ isDone: true, consumed: body.length });
  });

  test('extensions and trailers are dropped', () => {
    expect(decode([Buffer.from('3;a=b\r\nabc\r\n0;c\r\nTrailer: x\r\n\r\n')])).toMatchObject({
      text: 'abc',
      isDone: true,
    });
  });

  test.each([
    ['a size that is no number', 'x\r\n'],
    ['a signed size', '+3\r\nabc\r\n'],
    ['a prefixed size', '0x3\r\nabc\r\n'],
    ['a space before the size', ' 3\r\nabc\r\n'],
    ['a space behind the size', '3 \r\nabc\r\n'],
    ['an empty size', '\r\nabc'],
    ['a size of nine digits', '100000000\r\nabc\r\n'],
    ['a size of nine digits behind zeros', '00100000000\r\nabc\r\n'],
    ['endless zeros', '0'.repeat(20_000)],
    ['endless blanks', `3${' '.repeat(20_000)}`],
    ['a blank between digits', '3 3\r\nabc\r\n'],
    ['a bare line feed behind the size', '3\nabc\r\n'],
    ['a bare carriage return behind the size', '3\rabc\r\n'],
    ['a bare line feed in an extension', '3;a\nb\r\nabc\r\n'],
    ['data longer than its size', '3\r\nabcd\r\n'],
    ['a bare line feed behind the data', '3\r\nabc\n0\r\n\r\n'],
    ['a bare line feed at the end', '0\r\n\n'],
    ['endless extensions', `3;${'x'.repeat(20_000)}`],
    ['extensions that outweigh their data', `3;${'x'.repeat(200)}\r\nabc\r\n`.repeat(200)],
    ['endless trailers', `0\r\n${'A: b\r\n'.repeat(4000)}`],
  ])('%s is refused', (_, body) => {
    expect(decode([Buffer.from(body)])).toBe('failed');
  });
});
