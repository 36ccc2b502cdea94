import { describe, expect, test } from '@jest/globals';
import { requestOf } from '../../test/request-of.ts';
import type { RequestHead } from '../balancer/http/request-head.ts';
import { Cors, type CorsSettings } from './cors.ts';

const shop = 'https://shop.example';
const settings: CorsSettings = {
  allowOrigins: [shop, 'http://*'],
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['content-type'],
  maxAgeSeconds: 300,
};
const cors = (over: Partial<CorsSettings> = {}): Cors => new Cors({ ...settings, ...over });

const request = (method: string, ...fields: readonly string[]): RequestHead =>
  requestOf([`${method} / HTTP/1.1`, 'Host: a', ...fields, ''].join('\r\n'));
const preflight = (origin: string) =>
  request('OPTIONS', `Origin: ${origin}`, 'Access-Control-Request-Method: POST');

describe('a preflight', () => {
  test('of an allowed origin is told what is allowed', () => {
    expect(cors().preflight(preflight(shop))?.trimEnd().split('\r\n')).toEqual([
      `Access-Control-Allow-Origin: ${shop}`,
      'Access-Control-Allow-Methods: GET,POST',
      'Access-Control-Allow-Headers: content-type',
      'Access-Control-Max-Age: 300',
    ]);
  });

  test('of another origin is told nothing', () => {
    expect(cors().preflight(preflight('https://shop.example.evil'))).toBe('');
  });

  test.each([
    [request('GET', `Origin: ${shop}`, 'Access-Control-Request-Method: POST')],
    [request('OPTIONS', `Origin: ${shop}`)],
    [request('OPTIONS', 'Access-Control-Request-Method: POST')],
  ])('is only what has all its marks', (other) => {
    expect(cors().preflight(other)).toBeUndefined();
  });
});

describe('an answer', () => {
  const fields =
    'Content-Length: 2\r\naccess-control-allow-origin: *\r\nAccess-Control-Allow-Credentials: true\r\n';
  const edited = (origin: string, over?: Partial<CorsSettings>) =>
    cors(over).responseFields(request('GET', `Origin: ${origin}`))(fields);

  test('names its origin, whatever the target says of it', () => {
    expect(edited(shop)).toBe(`Content-Length: 2\r\nAccess-Control-Allow-Origin: ${shop}\r\n`);
    expect(edited('http://any.example')).toContain('Origin: http://any.example\r\n');
    expect(edited('https://any.example')).toBe('Content-Length: 2\r\n');
    expect(cors().responseFields(request('GET'))(fields)).toBe('Content-Length: 2\r\n');
  });

  test('is open to all where all are allowed', () => {
    expect(edited(shop, { allowOrigins: ['*'] })).toContain('Access-Control-Allow-Origin: *\r\n');
  });
});
