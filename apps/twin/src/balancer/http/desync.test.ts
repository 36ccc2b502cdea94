import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type DesyncMitigationMode, type DesyncReason, disguised } from './desync.ts';
import { parseRequestHead } from './request-head.ts';

const post = ['POST / HTTP/1.1', 'Host: a'];
const get = ['GET / HTTP/1.1', 'Host: a'];
const chunked = 'Transfer-Encoding: chunked';

const parse = (
  lines: readonly string[],
  desyncMitigationMode: DesyncMitigationMode,
  dropInvalidHeaderFields = true,
) => parseRequestHead(`${lines.join('\r\n')}\r\n`, { desyncMitigationMode, dropInvalidHeaderFields });

type Case = readonly [reason: DesyncReason, lines: readonly string[], forwarded: object];

/** Requests that RFC 7230 does not allow, with what the access log of an Application Load Balancer calls them. */
const acceptable: readonly Case[] = [
  ['GetHeadZeroContentLength', [...get, 'Content-Length: 0'], { body: 0 }],
  ['NonCompliantVersion', ['GET / HTTP/1.2', 'Host: a'], { minorVersion: 1 }],
  ['SpaceInUri', ['GET /a b  c HTTP/1.1', 'Host: a'], { target: '/a%20b%20%20c' }],
  ['SpaceInUri', ['GET / HTTP/1.1 HTTP/1.1', 'Host: a'], { target: '/%20HTTP/1.1' }],
  ['NonCompliantHeader', [...get, 'X: \xe9'], { fields: 'X: \xe9\r\n' }],
  ['NonCompliantHeader', [...get, 'X: \x01'], { fields: '', invalidFields: 1 }],
  ['NonCompliantHeader', [...get, '\x01X: 1', 'X(: 1'], { fields: '', invalidFields: 2 }],
];
const ambiguous: readonly Case[] = [
  ['AmbiguousUri', ['GET /\x01\x7f HTTP/1.1', 'Host: a'], { target: '/%01%7F' }],
  ['AmbiguousUri', ['GET /\xc3\xb1 HTTP/1.1', 'Host: a'], { target: '/%C3%B1' }],
  ['BothTeClPresent', [...post, 'Content-Length: 3', chunked], { body: 'chunked', fields: '' }],
  ['BothTeClPresent', [...post, chunked, 'Content-Length: 3', 'X: 1'], { fields: 'X: 1\r\n' }],
  ['DuplicateContentLength', [...post, 'Content-Length: 3', 'Content-Length: 3'], { body: 3 }],
  ['DuplicateContentLength', [...post, 'Content-Length: 3', 'Content-Length: 03'], { body: 3 }],
  ['UndefinedContentLengthSemantics', [...get, 'Content-Length: 3'], { body: 3 }],
  ['UndefinedTransferEncodingSemantics', [...get, chunked], { body: 'chunked' }],
  ['SuspiciousHeader', [...post, 'Transfer_Encoding: chunked'], { body: 0, fields: '' }],
  ['SuspiciousHeader', [...post, 'Content_Length: 5'], { body: 0, fields: '' }],
  ['SuspiciousHeader', [...post, 'Transfer---Encoding: chunked'], { body: 0 }],
  ['SuspiciousHeader', [...post, 'TransferEncoding: chunked'], { body: 0 }],
  ['SuspiciousHeader', [...post, '\x01Transfer-Encoding: chunked'], { body: 0, fields: '' }],
  ['SuspiciousHeader', [...post, 'Transfer- Encoding: chunked'], { body: 0, fields: '' }],
  ['SuspiciousHeader', [...post, 'Transfer-Encoding x: chunked'], { body: 0, fields: '' }],
  ['SuspiciousHeader', [...post, 'Tran\xc5\xbffer-Encoding: chunked'], { body: 0, fields: '' }],
  ['SuspiciousHeader', [...post, 'Transfer-Encod\xc4\xb1ng: chunked'], { body: 0, fields: '' }],
  ['SuspiciousHeader', [...post, '\xa0Content-Length: 5'], { body: 0, fields: '' }],
];
const severe: readonly (readonly [DesyncReason, readonly string[]])[] = [
  ['BadContentLength', [...post, 'Content-Length: +3']],
  ['BadContentLength', [...post, 'Content-Length: 3, 3']],
  ['BadContentLength', [...post, 'Content-Length: 18446744073709551616']],
  ['BadHeader', [...post, 'Content-Length: 3\x11']],
  ['BadHeader', [...post, 'Transfer-Encoding: chunked\x7f']],
  ['BadHeader', [...post, 'Connection: close\x01']],
  ['BadMethod', ['G(T / HTTP/1.1', 'Host: a']],
  ['BadUri', ['GET /\0 HTTP/1.1', 'Host: a']],
  ['BadVersion', ['GET / HTTP/1.1x', 'Host: a']],
  ['MultipleContentLength', [...post, 'Content-Length: 3', 'Content-Length: 4']],
  ['MultipleContentLength', [...post, 'Content-Length: 3', 'Content_Length: 4']],
  ['MultipleTransferEncodingChunked', [...post, chunked, chunked]],
  ['MultipleTransferEncodingChunked', [...post, 'Transfer-Encoding: chunked, chunked']],
  ['MultipleTransferEncodingChunked', [...post, chunked, 'Transfer_Encoding: chunked']],
];

describe('desync mitigation', () => {
  test.each(acceptable)('%s of %j is acceptable: forwarded by default', (desync, lines, forwarded) => {
    const passed = { desync, closesConnections: false, keepAlive: true, ...forwarded };
    expect(parse(lines, 'defensive')).toMatchObject(passed);
    expect(parse(lines, 'monitor')).toMatchObject(passed);
    expect(parse(lines, 'strictest')).toMatchObject({ rejected: 400, desync });
  });

  test.each(ambiguous)('%s of %j is ambiguous: forwarded alone by default', (desync, lines, forwarded) => {
    expect(parse(lines, 'defensive')).toMatchObject({
      desync,
      closesConnections: true,
      keepAlive: false,
      ...forwarded,
    });
    expect(parse(lines, 'monitor')).toMatchObject({ desync, closesConnections: false, keepAlive: true });
    expect(parse(lines, 'strictest')).toMatchObject({ rejected: 400, desync });
  });

  test.each(severe)('%s of %j is severe: refused by default', (desync, lines) => {
    expect(parse(lines, 'defensive')).toMatchObject({ rejected: 400, desync });
    expect(parse(lines, 'strictest')).toMatchObject({ rejected: 400, desync });
  });

  test('monitor forwards what is severe if its body has an end, and refuses the rest', () => {
    expect(parse([...post, chunked, chunked], 'monitor')).toMatchObject({ body: 'chunked' });
    expect(parse([...post, 'Content-Length: 3', 'Content-Length: 4'], 'monitor')).toMatchObject({
      rejected: 400,
    });
  });

  test.each<[string, readonly string[]]>([
    ['a space before the colon', [...post, 'Transfer-Encoding : chunked']],
    ['a folded line', [...post, 'X: 1', ' Transfer-Encoding: chunked']],
    ['a bare line feed', [...post, 'X: 1\nTransfer-Encoding: chunked']],
    ['a bare carriage return', [...post, 'X: 1\rY: 1']],
    ['a null', [...post, 'X: \0']],
    ['a line without a colon', [...post, 'nothing']],
    ['an empty name', [...post, ': x']],
    ['a coding in HTTP/1.0', ['POST / HTTP/1.0', chunked]],
  ])('%s is refused in every mode', (_, lines) => {
    for (const mode of ['monitor', 'defensive', 'strictest'] as const)
      expect(parse(lines, mode)).toMatchObject({ rejected: 400 });
  });

  test('identity is no coding, and another one is not implemented', () => {
    expect(parse([...post, 'Transfer-Encoding: identity'], 'strictest')).toMatchObject({ body: 0 });
    expect(parse([...post, 'Transfer-Encoding: gzip'], 'monitor')).toMatchObject({ rejected: 501 });
  });

  test('a compliant request is one in every mode', () => {
    for (const mode of ['monitor', 'defensive', 'strictest'] as const)
      expect(parse([...post, 'Content-Length: 3', 'X-A: 1'], mode)).toMatchObject({
        desync: undefined,
        body: 3,
      });
  });

  test('an accepted request has one length, and no line that a peer could take apart differently', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'Content-Length: 3',
        'Content-Length: 4',
        'content-length:3',
        'Content_Length: 3',
        chunked,
        'Transfer-Encoding: identity',
        'Transfer_Encoding: chunked',
        'Connection: Content-Length, Transfer-Encoding',
        'X-A: 1',
      ),
      fc.string({ unit: 'binary', maxLength: 30 }).map((text) => `X${Buffer.from(text).toString('latin1')}`),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.boolean(), (lines, drops) => {
        const head = parse([...post, ...lines], 'defensive', drops);
        if ('rejected' in head) return;
        const out = head.fields.split('\r\n').slice(0, -1);
        for (const field of out)
          expect(field).toMatch(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*$/);
        const lengths = out.filter((field) => /^content-length:/i.test(field));
        expect(lengths.length).toBe(head.body === 'chunked' ? 0 : lengths.length > 0 ? 1 : 0);
        if (lengths.length === 1)
          expect(lengths[0]).toMatch(new RegExp(`^content-length: *${String(head.body)}$`, 'i'));
        expect(out.some((field) => /^transfer-encoding:/i.test(field))).toBe(false);
        if (drops) for (const field of out) expect(field).toMatch(/^[-A-Za-z0-9]+:/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('disguised', () => {
  test.each([
    'transfer-encoding',
    'content-length',
    'content-type',
    'content-encoding',
    'accept-encoding',
    'x',
  ])('%s is what it is', (name) => {
    expect(disguised(name)).toBeUndefined();
  });
});
