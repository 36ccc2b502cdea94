import { describe, expect, test } from '@jest/globals';
import { requestBytes } from './request-bytes.ts';

const target = new URL('http://127.0.0.1:3000/dev/');
const endpoint = { method: 'GET', path: '/host', weight: 1, headers: {}, body: null } as const;

describe('request bytes', () => {
  test('a request goes below the target’s own path, with its host', () => {
    const [line, ...headers] = requestBytes(target, endpoint, true).toString().split('\r\n');
    expect(line).toBe('GET /dev/host HTTP/1.1');
    expect(headers).toEqual(
      expect.arrayContaining([
        'host: 127.0.0.1:3000',
        'connection: keep-alive',
        'user-agent: tideline-load-runner',
      ]),
    );
    expect(headers.slice(-2)).toEqual(['', '']);
  });

  test('a body is measured in bytes', () => {
    const text = requestBytes(target, { ...endpoint, method: 'POST', body: '{"name":"é"}' }, true).toString();
    expect(text).toContain('content-length: 13\r\n');
    expect(text.endsWith('\r\n\r\n{"name":"é"}')).toBe(true);
  });

  test('without keep-alive the server is told to close', () => {
    expect(requestBytes(target, endpoint, false).toString()).toContain('connection: close\r\n');
  });

  test('a header of the endpoint replaces one of ours', () => {
    const text = requestBytes(target, { ...endpoint, headers: { Host: 'shop.example' } }, true).toString();
    expect(text).toContain('host: shop.example\r\n');
    expect(text).not.toContain('127.0.0.1');
  });

  test('a character of Latin-1 is one octet, as Node’s client sends it', () => {
    const bytes = requestBytes(target, { ...endpoint, headers: { name: 'señor' } }, true);
    expect(bytes.toString('latin1')).toContain('name: señor\r\n');
    expect(bytes.includes(0xf1)).toBe(true);
  });

  test('what cannot be sent is refused', () => {
    expect(() => requestBytes(target, { ...endpoint, headers: { a: 'b\r\nc: d' } }, true)).toThrow(
      'headers.a',
    );
  });
});
