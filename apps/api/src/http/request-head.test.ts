import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { everyTarget, maxFields, pathOf, readHead, type RequestHead } from './request-head.ts';

/** A head as Node’s parser gives it. */
function head({
  method = 'GET',
  url = '/',
  version = '1.1',
  fields = [['Host', 'x']],
}: {
  readonly method?: string;
  readonly url?: string;
  readonly version?: string;
  readonly fields?: readonly (readonly [string, string])[];
} = {}): RequestHead {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return {
    method,
    url,
    httpVersion: version,
    httpVersionMajor: major,
    httpVersionMinor: minor,
    headers: Object.fromEntries(fields.map(([name, value]) => [name.toLowerCase(), value])),
    rawHeaders: fields.flat(),
  };
}
const refused = (code: string) => expect.objectContaining({ code });

describe('the path of a request', () => {
  test.each([
    ['/health?a=1', '/health?a=1'],
    ['//x/health', '//x/health'],
    ['/a/./b/../c?d=/../e', '/a/c?d=/../e'],
    ['/health#part', '/health'],
    ['/?a=\\', '/?a=\\'],
    ['http://x:8080/health?a=1', '/health?a=1'],
    ['HTTPS://x', '/'],
    ['http://x?a=1', '/?a=1'],
    ['http://[::1]/a/../b', '/b'],
  ])('is, for %s, %s', (url, path) => {
    expect(readHead(head({ url }))).toBe(path);
  });

  test.each([
    'health',
    '',
    '*',
    'x:80',
    'ftp://x/',
    'http:///',
    'http://:80/',
    'http://u@x/',
    'http://a b/',
    '/a\\b',
    'http://x\\/',
  ])('is not to be had from %j', (url) => {
    expect(readHead(head({ url }))).toEqual(refused('invalid-request'));
  });

  test('is that of every target where OPTIONS asks for *, or for a host alone', () => {
    for (const url of ['*', 'http://x']) expect(readHead(head({ method: 'OPTIONS', url }))).toBe(everyTarget);
    expect(readHead(head({ method: 'OPTIONS', url: 'http://x/' }))).toBe('/');
  });

  test('is what a URL makes of the target, whatever that is', () => {
    const target = fc.webPath().chain((path) => fc.webQueryParameters().map((query) => `/${path}?${query}`));
    fc.assert(
      fc.property(target, (url) => {
        const read = readHead(head({ url }));
        const partsOf = (target: string) => {
          const { pathname, search } = new URL(`http://x${target}`);
          return [pathname, search];
        };
        expect(typeof read === 'string' && partsOf(read)).toEqual(partsOf(url));
      }),
    );
  });

  test('is logged as it was sent', () => {
    expect(pathOf({ url: '/a/../b' })).toBe('/a/../b');
    expect(pathOf({ url: 'http://localhost/b' })).toBe('/b');
  });
});

describe('the host of a request', () => {
  test('is that of an absolute target, whatever the field says', () => {
    const absolute = head({ url: 'http://other:80/' });
    readHead(absolute);
    expect(absolute.headers.host).toBe('other:80');
  });

  test.each([
    ['1.1', 0, false],
    ['1.1', 1, true],
    ['1.1', 2, false],
    ['1.0', 0, true],
    ['1.0', 1, true],
    ['1.0', 2, false],
  ])('in HTTP/%s with %i fields is fine: %s', (version, count, isFine) => {
    const fields = Array.from({ length: count }, () => ['hOST', 'x'] as const);
    expect(readHead(head({ version, fields }))).toEqual(isFine ? '/' : refused('invalid-request'));
  });
});

test.each(['0.9', '2.0'])('HTTP/%s is not supported', (version) => {
  expect(readHead(head({ version }))).toEqual(refused('version-not-supported'));
});

test('a head has at most its limit of fields', () => {
  const withFields = (count: number) =>
    head({ fields: [['host', 'x'], ...Array.from({ length: count - 1 }, () => ['x', ''] as const)] });
  expect(readHead(withFields(maxFields))).toBe('/');
  expect(readHead(withFields(maxFields + 1))).toEqual(refused('headers-too-large'));
});

describe('a transfer coding', () => {
  test.each([
    ['1.1', '', '/'],
    ['1.1', 'chunked', '/'],
    ['1.1', 'CHUNKED', '/'],
    ['1.1', 'gzip, chunked', refused('not-implemented')],
    ['1.1', 'gzip,chunked', refused('not-implemented')],
    ['1.1', 'gzip', refused('invalid-request')],
    ['1.1', 'chunked, gzip', refused('invalid-request')],
    ['1.1', 'unchunked', refused('invalid-request')],
    ['1.0', 'chunked', refused('invalid-request')],
  ])('in HTTP/%s: %j', (version, coding, expected) => {
    const fields = [
      ['host', 'x'],
      ['transfer-encoding', coding],
    ] as const;
    expect(readHead(head({ version, fields }))).toEqual(expected);
  });
});
