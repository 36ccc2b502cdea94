import { describe, expect, test } from '@jest/globals';
import { sentRequest } from './sent-request.ts';

const target = new URL('http://127.0.0.1:3000/dev/');
const endpoint = { method: 'GET', path: '/', weight: 1, headers: {}, body: null } as const;

describe('the path', () => {
  test.each([
    ['/host', '/dev/host'],
    ['/ñ', '/dev/%C3%B1'],
    ['/日本?q=ü&x=%20', '/dev/%E6%97%A5%E6%9C%AC?q=%C3%BC&x=%20'],
    ['/a?b?c', '/dev/a?b?c'],
    ["/a'b|c?d'e|f", "/dev/a'b|c?d%27e|f"],
    ['/100%', '/dev/100%'],
    ['//other.example/x', '/dev//other.example/x'],
    ['/a/../b/./c', '/dev/b/c'],
    ['/../../b', '/b'],
    ['/a\\b', '/dev/a/b'],
    ['/"<>`{}', '/dev/%22%3C%3E%60%7B%7D'],
    ['/\u0000\u007F', '/dev/%00%7F'],
    ['/\uD800', '/dev/%EF%BF%BD'],
    ['/?', '/dev/'],
  ])('%j is sent as the URL standard writes it, %j', (path, sent) => {
    expect(sentRequest(target, { ...endpoint, path }, true).path).toBe(sent);
  });

  test.each(['/a#frag', '/#', '/a?b#c'])('%j has a part that is never sent, and is refused', (path) => {
    expect(() => sentRequest(target, { ...endpoint, path }, true)).toThrow(
      `path: got "${path}"; what follows a # is never sent: leave it out, or write %23`,
    );
  });
});

describe('a header', () => {
  const send = (headers: Readonly<Record<string, string>>) =>
    sentRequest(target, { ...endpoint, headers }, true);

  test.each([
    'content-length',
    'Content-Length',
    'transfer-encoding',
    'Connection',
    'keep-alive',
    'upgrade',
    'TE',
    'trailer',
    'proxy-connection',
  ])('%s is the load runner’s, and is refused', (name) => {
    expect(() => send({ [name]: '4' })).toThrow(
      `headers.${name}: the load runner sends its own; leave it out`,
    );
  });

  test.each([
    ['x', 'b\r\nc: d'],
    ['x', 'b\nc'],
    ['x', 'a\u0000'],
    ['x', 'a\u0001'],
    ['x', 'a\u007F'],
    ['x', '日本'],
    ['x y', 'a'],
    ['x:', 'a'],
    ['', 'a'],
    ['ñ', 'a'],
  ])('%j: %j cannot be sent, and is refused', (name, value) => {
    expect(() => send({ [name]: value })).toThrow(/^headers\..*one line of Latin-1 text$/s);
  });

  test.each(['a b', 'a/b:x', '', 'a\tb'])('host: %j is no host, and is refused', (host) => {
    expect(() => send({ Host: host })).toThrow(/headers\.Host: .*allowed is a host name/);
  });

  test('given twice under one name is refused', () => {
    expect(() => send({ Accept: 'a', accept: 'b' })).toThrow('headers.accept: given twice');
  });

  test('replaces one of ours, without the white space around it', () => {
    expect(send({ 'User-Agent': ' me\t', Host: 'shop.example:81' }).headers).toEqual({
      host: 'shop.example:81',
      connection: 'keep-alive',
      'user-agent': 'me',
    });
  });
});
