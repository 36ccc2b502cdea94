import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseResponseHead } from './response-head.ts';

const parse = (lines: readonly string[], method = 'GET') =>
  parseResponseHead(`${lines.join('\r\n')}\r\n`, method);

describe('parseResponseHead', () => {
  test('reads a response and drops its hop-by-hop fields', () => {
    expect(
      parse(['HTTP/1.1 200 OK', 'Content-Length: 5', 'Connection: close, X-Hop', 'X-Hop: 1', 'X-End: 2']),
    ).toEqual({
      status: 200,
      statusLine: 'HTTP/1.1 200 OK',
      fields: 'Content-Length: 5\r\nX-End: 2\r\n',
      body: 5,
      keepAlive: false,
    });
  });

  test.each([
    ['GET', ['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'], 'chunked'],
    ['GET', ['HTTP/1.1 200 OK'], 'until-close'],
    ['GET', ['HTTP/1.1 204 No Content'], 0],
    ['GET', ['HTTP/1.1 304 Not Modified', 'Content-Length: 9'], 0],
    ['HEAD', ['HTTP/1.1 200 OK', 'Content-Length: 9'], 0],
    ['HEAD', ['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'], 0],
    ['GET', ['HTTP/1.1 100 Continue'], 0],
    ['GET', ['HTTP/1.1 404 Not Found', 'Content-Length: 0'], 0],
  ])('the body of the response to %s %j is %s', (method, lines, body) => {
    expect(parse(lines, method)).toMatchObject({ body });
  });

  test('a connection is kept as the version and Connection say, and never after a body that its close ends', () => {
    const keeps = (...lines: readonly string[]) => parse(lines)?.keepAlive;
    expect(keeps('HTTP/1.1 200 OK', 'Content-Length: 0')).toBe(true);
    expect(keeps('HTTP/1.0 200 OK', 'Content-Length: 0')).toBe(false);
    expect(keeps('HTTP/1.0 200 OK', 'Content-Length: 0', 'Connection: keep-alive')).toBe(true);
    expect(keeps('HTTP/1.1 200 OK')).toBe(false);
  });

  test('an older or reasonless status line is forwarded as HTTP/1.1', () => {
    expect(parse(['HTTP/1.0 200 Fine', 'Content-Length: 0'])?.statusLine).toBe('HTTP/1.1 200 Fine');
    expect(parse(['HTTP/1.1 200', 'Content-Length: 0'])?.statusLine).toBe('HTTP/1.1 200 ');
  });

  test('a status line is read as its grammar has it, whatever comes', () => {
    const grammar = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/;
    const piece = fc.constantFrom(
      'HTTP/1.1',
      'HTTP/1.0',
      'HTTP/1.2',
      ' ',
      '200',
      '404',
      '20',
      '2000',
      '099',
      'OK',
      '\t',
    );
    const line = fc.oneof(
      fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary-ascii', maxLength: 20 }).map((rest) => `HTTP/1.1 2${rest}`),
    );
    fc.assert(
      fc.property(line, (text) => {
        fc.pre(!text.includes('\r\n'));
        const [, , status, reason = ''] = grammar.exec(text) ?? [];
        const read = parse([text, 'Content-Length: 0']);
        expect(read && [read.status, read.statusLine]).toEqual(
          status === undefined ? undefined : [Number(status), `HTTP/1.1 ${status} ${reason}`],
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('a 204 with a length loses it', () => {
    expect(parse(['HTTP/1.1 204 No Content', 'Content-Length: 5'])?.fields).toBe('');
  });

  test.each([
    ['no status line', ['hello']],
    ['a malformed version', ['HTTP/2 200 OK']],
    ['a status of two digits', ['HTTP/1.1 20 OK']],
    ['a status below 100', ['HTTP/1.1 099 No']],
    ['both lengths', ['HTTP/1.1 200 OK', 'Content-Length: 5', 'Transfer-Encoding: chunked']],
    ['two lengths', ['HTTP/1.1 200 OK', 'Content-Length: 5', 'Content-Length: 6']],
    ['another coding', ['HTTP/1.1 200 OK', 'Transfer-Encoding: gzip']],
    ['a folded line', ['HTTP/1.1 200 OK', 'X: 1', ' 2']],
    ['a control character in the reason', ['HTTP/1.1 200 O\0K']],
    ['a bare line feed', ['HTTP/1.1 200 OK', 'X: 1\nY: 2']],
  ])('%s is no response', (_, lines) => {
    expect(parse(lines)).toBeUndefined();
  });
});
