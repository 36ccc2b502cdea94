import { expect } from '@jest/globals';
import fc from 'fast-check';
import { cookieName, SessionCookie } from '../src/session/session-cookie.ts';
import { Browser, type SentRequest } from './browser.ts';

/** Of the sale that is fuzzed. */
export const fuzzedStock = 3000;
const maximumPerCart = 5;
const buyerCount = 16;
const atATime = 40;
const formType = 'application/x-www-form-urlencoded';

const quantity = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: maximumPerCart }).map(String) },
  fc.constantFrom('-1', '0', '6', '1.5', '1e3', '0x1', ' 1', '１', '', 'NaN', '99999999999999999999', "1'--"),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const field = fc.constantFrom(
  'token',
  'product',
  'sale',
  'price',
  '__proto__',
  'constructor',
  'quantity',
  '',
);
const formBody = fc
  .record({
    quantity: fc.option(quantity, { freq: 10 }),
    more: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.array(fc.tuple(field, fc.string({ unit: 'binary', maxLength: 30 })), { maxLength: 2 }),
      },
    ),
  })
  .map(({ quantity: units, more }) =>
    new URLSearchParams([
      ...(units === null ? [] : [['quantity', units] as [string, string]]),
      ...more,
    ]).toString(),
  );
const attack = fc.record({
  buyer: fc.nat(buyerCount - 1),
  method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PUT', 'DELETE'),
  path: fc.constantFrom('/cart', '/cart', '/cart/quantity', '/', '/stock', '/cart/other', '/assets/x.css'),
  query: fc.oneof(
    fc.constant(''),
    fc.webQueryParameters().map((text) => `?notice=${text}`),
  ),
  body: fc.oneof(
    { weight: 6, arbitrary: formBody },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '%', '&&==', '{"quantity":1}', `quantity=1&${'x'.repeat(5000)}`),
    },
  ),
  type: fc.constantFrom(
    formType,
    formType,
    formType,
    `${formType}; charset=utf-8`,
    'application/json',
    'text/plain',
  ),
  cookie: fc.constantFrom('own', 'own', 'own', 'none', 'forged', 'broken'),
  accept: fc.constantFrom(undefined, 'text/html', 'application/json', '*/*', ';q=,', 'image/png'),
  site: fc.constantFrom(undefined, undefined, 'same-origin', 'cross-site'),
});

export interface FuzzOptions {
  /** Sends a request to a storefront of `fuzzedStock` units; redirects are not followed. */
  readonly send: (path: string, init: SentRequest) => Response | Promise<Response>;
  readonly requestCount: number;
}

/**
 * Sends requests of all kinds, every one twice and many at once. Each has to be answered with a page, a cart or a clear
 * problem, and in the end the stock has to be what the carts have left of it.
 */
export async function fuzzStorefront({ send, requestCount }: FuzzOptions): Promise<void> {
  const cookies = new Set<string>();
  const ask = async (path: string, init: SentRequest): Promise<Response> => {
    const response = await send(path, init);
    const [given] = response.headers.getSetCookie();
    if (given !== undefined) cookies.add(given.split(';', 1)[0] ?? '');
    return response;
  };
  const buyers = Array.from({ length: buyerCount }, () => new Browser(ask));
  const foreignKeys = ['another-key-of-32-characters-or-more'];
  const foreign = new SessionCookie({ keys: foreignKeys, basePath: '', idleSeconds: 60 });
  const attacks = fc.sample(attack, requestCount / 2);
  const statuses = new Map<number, number>();

  const sendOne = async ({
    buyer,
    method,
    path,
    query,
    body,
    type,
    cookie,
    accept,
    site,
  }: (typeof attacks)[number]) => {
    const browser = buyers[buyer]!;
    const sent = {
      own: browser.cookie,
      none: undefined,
      forged: foreign.write(foreign.newId(), { isSecure: false }).split(';', 1)[0],
      broken: `${cookieName}=%00..`,
    }[cookie];
    // Whoever is somebody else for once must not lose the buyer its own cookie.
    const client = cookie === 'own' ? browser : new Browser(ask);
    const response = await client.request(`${path}${query}`, {
      method,
      headers: {
        'content-type': type,
        ...(sent === undefined || cookie === 'own' ? {} : { cookie: sent }),
        ...(accept === undefined ? {} : { accept }),
        ...(site === undefined ? {} : { 'sec-fetch-site': site }),
      },
      ...(method === 'GET' ? {} : { body }),
    });
    const text = await response.text();
    const { status } = response;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const contentType = response.headers.get('content-type') ?? 'none';
    const isClear =
      status === 303 ||
      (status < 300 && /^(text\/html|application\/json)/.test(contentType)) ||
      (status >= 400 &&
        status < 500 &&
        /^(application\/problem\+json|text\/html)/.test(contentType) &&
        text !== '');
    if (!isClear)
      throw new Error(`${method} ${path} ${JSON.stringify(body)}: ${status} ${contentType} ${text}`);
  };
  for (let start = 0; start < attacks.length; start += atATime / 2) {
    const some = attacks.slice(start, start + atATime / 2);
    await Promise.all([...some, ...some].map(sendOne));
  }

  const answered = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  expect(answered).toBe(requestCount);
  // Each of these is sent hundreds of times; without them, the requests would not be what they are meant to be.
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 303, 400, 401, 403]));
  let inCarts = 0;
  for (const cookie of cookies) {
    if (cookie === `${cookieName}=`) continue;
    const cart = await send('/cart', { headers: { cookie, accept: 'application/json' } });
    const { quantity: units } = (await cart.json()) as { quantity: number };
    expect(units).toBeGreaterThanOrEqual(0);
    expect(units).toBeLessThanOrEqual(maximumPerCart);
    inCarts += units;
  }
  expect(await (await send('/stock', {})).json()).toMatchObject({
    total: fuzzedStock,
    sold: inCarts,
    left: fuzzedStock - inCarts,
  });
}
