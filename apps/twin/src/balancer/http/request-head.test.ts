import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultRules, requestOf } from '../../../test/request-of.ts';
import { type RequestHead, parseRequestHead } from './request-head.ts';

const textOf = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;
const parse = (...lines: readonly string[]) => parseRequestHead(textOf(lines), defaultRules);

const accepted = (...lines: readonly string[]): RequestHead => requestOf(textOf(lines));

describe('parseRequestHead', () => {
  test('reads a request and keeps its end-to-end fields as they are written', () => {
    expect(
      accepted('GET /a?b=c HTTP/1.1', 'Host: example.com:8080', 'X-Custom:  v1 ', 'Accept: */*'),
    ).toEqual({
      method: 'GET',
      target: '/a?b=c',
      host: 'example.com:8080',
      hostField: 'example.com:8080',
      minorVersion: 1,
      fields: 'X-Custom:  v1 \r\nAccept: */*\r\n',
      body: 0,
      keepAlive: true,
      isLast: false,
      forwardedFor: '',
      traceId: '',
      upgrade: undefined,
      desync: undefined,
      closesConnections: false,
      invalidFields: 0,
    });
  });

  test('hop-by-hop fields, and those that Connection names, are left out', () => {
    const { fields } = accepted(
      'GET / HTTP/1.1',
      'Host: a',
      'X-Hop: 1',
      'Connection: keep-alive, X-Hop',
      'Keep-Alive: timeout=5',
      'TE: trailers',
      'Proxy-Connection: keep-alive',
      'Trailer: X',
      'X-End: 2',
    );
    expect(fields).toBe('X-End: 2\r\n');
  });

  test('Connection cannot make the fields disappear that the request depends on', () => {
    const head = accepted(
      'POST / HTTP/1.1',
      'Host: a',
      'Content-Length: 3',
      'Connection: content-length, host',
    );
    expect(head).toMatchObject({ host: 'a', body: 3, fields: 'Content-Length: 3\r\n' });
  });

  test.each([
    ['HTTP/1.1', [], true],
    ['HTTP/1.1', ['Connection: close'], false],
    ['HTTP/1.1', ['Connection: Keep-Alive, Close'], false],
    ['HTTP/1.0', [], false],
    ['HTTP/1.0', ['Connection: keep-alive'], true],
  ])('%s with %j keeps the connection: %s', (version, fields, keepAlive) => {
    expect(accepted(`GET / ${version}`, 'Host: a', ...fields).keepAlive).toBe(keepAlive);
  });

  test('an absolute target is forwarded in origin form and its authority is the Host', () => {
    expect(accepted('GET http://b.example:81/x?y HTTP/1.1', 'Host: a')).toMatchObject({
      target: '/x?y',
      host: 'b.example:81',
    });
    expect(accepted('GET http://b.example?y HTTP/1.1', 'Host: a')).toMatchObject({ target: '/?y' });
  });

  test('an offer of HTTP/2 is ignored', () => {
    const head = accepted(
      'GET / HTTP/1.1',
      'Host: a',
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABkAAQAAP__',
    );
    expect(head.fields).toBe('');
  });

  test('X-Forwarded-For lines are joined and the ones the balancer writes itself are dropped', () => {
    const head = accepted(
      'GET / HTTP/1.1',
      'Host: a',
      'X-Forwarded-For: 10.0.0.1',
      'X-Forwarded-Proto: https',
      'X-Forwarded-For: 10.0.0.2, 10.0.0.3',
      'X-Forwarded-Port: 443',
    );
    expect(head).toMatchObject({ forwardedFor: '10.0.0.1, 10.0.0.2, 10.0.0.3', fields: '' });
  });

  test.each([
    ['two lengths', 400, ['POST / HTTP/1.1', 'Host: a', 'Content-Length: 3', 'Content-Length: 4']],
    ['a list of lengths', 400, ['POST / HTTP/1.1', 'Host: a', 'Content-Length: 3, 3']],
    ['a signed length', 400, ['POST / HTTP/1.1', 'Host: a', 'Content-Length: +3']],
    ['a negative length', 400, ['POST / HTTP/1.1', 'Host: a', 'Content-Length: -3']],
    ['a hexadecimal length', 400, ['POST / HTTP/1.1', 'Host: a', 'Content-Length: 0x3']],
    ['an empty length', 400, ['POST / HTTP/1.1', 'Host: a', 'Content-Length:']],
    ['an immense length', 400, ['POST / HTTP/1.1', 'Host: a', 'Content-Length: 99999999999999999999']],
    [
      'chunked twice',
      400,
      ['POST / HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'],
    ],
    ['chunked twice in a list', 400, ['POST / HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked, chunked']],
    ['gzip coding', 501, ['POST / HTTP/1.1', 'Host: a', 'Transfer-Encoding: gzip, chunked']],
    ['a disguised coding', 501, ['POST / HTTP/1.1', 'Host: a', 'Transfer-Encoding: xchunked']],
    [
      'a disguised coding and chunked',
      501,
      [
        'POST / HTTP/1.1',
        'Host: a',
        'Transfer-Encoding: x',
        'Transfer-Encoding: chunked',
        'Content-Length: 1',
      ],
    ],
    ['a coding in HTTP/1.0', 400, ['POST / HTTP/1.0', 'Host: a', 'Transfer-Encoding: chunked']],
    ['a space before the colon', 400, ['POST / HTTP/1.1', 'Host: a', 'Transfer-Encoding : chunked']],
    ['a tab before the colon', 400, ['GET / HTTP/1.1', 'Host\t: a']],
    ['a folded line', 400, ['GET / HTTP/1.1', 'Host: a', 'X: 1', ' folded']],
    ['a fold before the first field', 400, ['GET / HTTP/1.1', ' Host: a']],
    ['a line without a colon', 400, ['GET / HTTP/1.1', 'Host: a', 'nothing']],
    ['an empty name', 400, ['GET / HTTP/1.1', 'Host: a', ': x']],
    ['a bare carriage return', 400, ['GET / HTTP/1.1', 'Host: a', 'X: 1\rY: 2']],
    ['a bare line feed', 400, ['GET / HTTP/1.1', 'Host: a', 'X: 1\nY: 2']],
    ['a null', 400, ['GET / HTTP/1.1', 'Host: a', 'X: 1\0']],
    ['no host', 400, ['GET / HTTP/1.1']],
    ['two hosts', 400, ['GET / HTTP/1.1', 'Host: a', 'Host: a']],
    ['a host with a path', 400, ['GET / HTTP/1.1', 'Host: a/b']],
    ['a target without a slash', 400, ['GET a HTTP/1.1', 'Host: a']],
    ['a target with user information', 400, ['GET http://u@b/ HTTP/1.1', 'Host: a']],
    ['no target', 400, ['GET HTTP/1.1', 'Host: a']],
    ['a malformed method', 400, ['G(T / HTTP/1.1', 'Host: a']],
    ['a malformed version', 400, ['GET / HTTP/1.1x', 'Host: a']],
    ['HTTP/2', 505, ['PRI * HTTP/2.0']],
    ['CONNECT', 405, ['CONNECT a:443 HTTP/1.1', 'Host: a']],
    ['TRACE', 405, ['TRACE / HTTP/1.1', 'Host: a']],
    ['an unknown expectation', 417, ['GET / HTTP/1.1', 'Host: a', 'Expect: 200-ok']],
    ['a long request line', 414, [`GET /${'x'.repeat(16_384)} HTTP/1.1`, 'Host: a']],
    ['a long field', 400, ['GET / HTTP/1.1', 'Host: a', `X: ${'x'.repeat(16_384)}`]],
    [
      '31 forwarding addresses',
      463,
      ['GET / HTTP/1.1', 'Host: a', `X-Forwarded-For: ${Array(31).fill('1.1.1.1').join(',')}`],
    ],
  ])('%s is rejected with %i', (_, status, lines) => {
    expect(parse(...lines)).toMatchObject({ rejected: status });
  });

  test('a folded or forged line never becomes part of an accepted request', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const head = parse('GET / HTTP/1.1', 'Host: a', `X: ${Buffer.from(text).toString('latin1')}`);
        if ('rejected' in head) return;
        for (const line of head.fields.split('\r\n').slice(0, -1)) {
          expect(line).toMatch(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*$/);
        }
      }),
    );
  });
});

test.each([
  [['GET / HTTP/1.1', 'Host: a'], false],
  [['GET / HTTP/1.1', 'Host: a', 'Connection: close'], true],
  [['GET / HTTP/1.0'], true],
  [['GET / HTTP/1.0', 'Connection: keep-alive'], false],
  // Desync mitigation closes behind it, which the client does not know of: it may have sent its next request.
  [['GET / HTTP/1.1', 'Host: a', 'Content-Length: 5'], false],
])('the client of %j has said that it is the last: %s', (lines, isLast) => {
  expect(parse(...lines)).toMatchObject({ isLast });
});
