import { describe, expect, test } from '@jest/globals';
import { Hono } from 'hono';
import type { ApiEnv } from '../http/route.ts';
import { isCrossSite } from './cross-site.ts';

const verdict = async (headers: Record<string, string>): Promise<string> => {
  const app = new Hono<ApiEnv>().post('/', (context) => context.text(String(isCrossSite(context))));
  return (await app.request('/', { method: 'POST', headers })).text();
};

describe('isCrossSite', () => {
  test.each([
    ['nothing, as programs that are no browsers', {}, 'false'],
    [
      'a fetch of the page itself',
      { 'sec-fetch-site': 'same-origin', origin: 'https://cdn.example' },
      'false',
    ],
    ['an address that a person typed', { 'sec-fetch-site': 'none' }, 'false'],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }, 'true'],
    ['a page of a sibling domain', { 'sec-fetch-site': 'same-site' }, 'true'],
    ['an origin that is the host', { origin: 'http://shop.example', host: 'shop.example' }, 'false'],
    [
      'an origin with the port of the host',
      { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' },
      'false',
    ],
    ['TLS that ended at the balancer', { origin: 'https://shop.example', host: 'shop.example:443' }, 'false'],
    ['an origin of another port', { origin: 'http://shop.example:81', host: 'shop.example' }, 'true'],
    ['an origin of another host', { origin: 'https://evil.example', host: 'shop.example' }, 'true'],
    ['an origin that is hidden', { origin: 'null', host: 'null' }, 'true'],
    ['an origin that is no URL', { origin: '//', host: '' }, 'true'],
  ])('of %s', async (_, headers: Record<string, string>, expected) => {
    expect(await verdict(headers)).toBe(expected);
  });
});
