import { describe, expect, test } from '@jest/globals';
import { assets } from '../src/storefront/assets.ts';
import { Browser } from './browser.ts';
import { inMemoryApi } from './in-memory-api.ts';

const hourMs = 3_600_000;

function setUp(env: Readonly<Record<string, string>> = {}) {
  const clock = { nowMs: Date.parse('2026-01-02T03:00:00Z') };
  const api = inMemoryApi({
    env: { STOREFRONT: 'on', STOREFRONT_STOCK: '6', ...env },
    now: () => new Date(clock.nowMs),
  });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const post = (browser: Browser, path: string, body: string) =>
    browser.request(path, { method: 'POST', body, headers: form });
  const buy = (browser: Browser, body: string, headers: Record<string, string> = {}) =>
    browser.request('/cart', { method: 'POST', body, headers: { ...form, ...headers } });
  const stock = async () => (await api.app.request('/stock')).json();
  return { ...api, clock, post, buy, stock, browser: Browser.of(api.app), other: Browser.of(api.app) };
}
const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const json = { accept: 'application/json' };
const text = async (browser: Browser, path: string) =>
  (await browser.request(path, { headers: html })).text();
const tokenIn = (page: string): string => /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
const where = (response: Response) => [response.status, response.headers.get('location')];

describe('the storefront', () => {
  test('shows what is on sale, how long, and how many are left', async () => {
    const { browser, stock } = setUp({ STOREFRONT_HEADLINE: 'Tonight <only> & never again' });
    const response = await browser.request('/', { headers: html });
    const page = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    for (const shown of ['Tonight &lt;only&gt; &amp; never again', 'Weekend rucksack', '$39.00', '6 left']) {
      expect(page).toContain(shown);
    }
    expect(page).toContain('datetime="2026-01-02T05:00:00.000Z"');
    expect(await stock()).toEqual({
      total: 6,
      left: 6,
      sold: 0,
      state: 'open',
      endsAt: '2026-01-02T05:00:00.000Z',
    });
  });

  test('allows nothing from elsewhere and nothing within the page, and its form says where it comes from', async () => {
    const response = await setUp().browser.request('/');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'self'; script-src 'self';/);
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('referrer-policy')).toBe('same-origin');
    const page = await response.text();
    expect(page).not.toMatch(/ style="| on\w+="|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  });

  test('serves what its pages load under paths that change with it, to be kept', async () => {
    const { browser } = setUp({ BASE_PATH: 'dev' });
    const page = await text(browser, '/dev/');
    for (const { file, contentType, body } of Object.values(assets)) {
      expect(page).toContain(`/dev/assets/${file}"`);
      const response = await browser.request(`/dev/assets/${file}`);
      expect(response.headers.get('content-type')).toBe(contentType);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(await response.text()).toBe(body);
    }
    expect((await browser.request('/dev/assets/storefront.000000000000.css')).status).toBe(404);
  });

  test('leads nowhere outside the base path', async () => {
    const { browser, post } = setUp({ BASE_PATH: 'dev' });
    const page = await text(browser, '/dev/');
    const links = [...page.matchAll(/(?:href|action|src)="([^"#][^"]*)"/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) expect(link).toMatch(/^\/dev\//);
    expect(where(await post(browser, '/dev/cart', 'quantity=1'))).toEqual([303, '/dev/cart?notice=added']);
  });

  test('spends the configured CPU time on its page, and not on the cart', async () => {
    const { browser, cpu, buy } = setUp({ CPU_MILLISECONDS_PER_REQUEST: '10' });
    expect((await buy(browser, 'quantity=1')).status).toBe(303);
    const page = browser.request('/');
    cpu.finish();
    expect((await page).status).toBe(200);
  });

  test('is not there unless it is asked for', async () => {
    const { app } = inMemoryApi();
    expect(await (await app.request('/')).json()).toMatchObject({ message: 'Hello from Tideline' });
    for (const path of ['/cart', '/stock']) expect((await app.request(path)).status).toBe(404);
  });
});

describe('the cart', () => {
  test('gets what is bought, with a notice and the sum', async () => {
    const { browser, buy, stock } = setUp();
    const bought = await buy(browser, 'quantity=2', html);
    expect(where(bought)).toEqual([303, '/cart?notice=added']);
    const page = await text(browser, '/cart?notice=added');
    expect(page).toContain('<title>It is in your cart, and yours – Your cart</title>');
    for (const shown of ['It is in your cart', '2 × $39.00', '$78.00']) expect(page).toContain(shown);
    expect(await stock()).toMatchObject({ left: 4, sold: 2 });
  });

  test('is changed and emptied, and gives back what it no longer holds', async () => {
    const { browser, other, buy, post, stock } = setUp();
    await buy(browser, 'quantity=2');
    expect(where(await post(browser, '/cart/quantity', 'quantity=5'))).toEqual([303, '/cart?notice=changed']);
    expect(await stock()).toMatchObject({ sold: 5 });
    expect(where(await buy(other, 'quantity=2'))).toEqual([303, '/cart?notice=too-few-left']);
    await post(browser, '/cart/quantity', 'quantity=0');
    expect(await stock()).toMatchObject({ sold: 0 });
    expect(await text(browser, '/cart?notice=removed')).toContain('Nothing in it yet');
    expect(where(await post(other, '/cart/quantity', 'quantity=1'))).toEqual([303, '/cart?notice=changed']);
  });

  test('is JSON for programs, with problem details', async () => {
    const { browser, other, buy } = setUp();
    const bought = await buy(browser, 'quantity=5', json);
    expect([bought.status, await bought.json()]).toEqual([
      200,
      { product: 'Weekend rucksack', quantity: 5, priceCents: 3900, sumCents: 19_500 },
    ]);
    const codes = [
      await buy(browser, 'quantity=1', json),
      await buy(other, 'quantity=2', json),
      await buy(other, 'quantity=1&token=unknown', json),
    ];
    expect(codes.map(({ status }) => status)).toEqual([409, 409, 200]);
    expect(
      await Promise.all(codes.map(async (reply) => ((await reply.json()) as { code?: string }).code)),
    ).toEqual(['limit-reached', 'sold-out', undefined]);
    const cart = await browser.request('/cart', { headers: json });
    expect(await cart.json()).toMatchObject({ quantity: 5 });
  });

  test('gets a form of a page once, however often it is sent, at once or later', async () => {
    const { browser, buy, stock } = setUp();
    const form = `product=Weekend+rucksack&quantity=1&token=${tokenIn(await text(browser, '/'))}`;
    const twice = await Promise.all([buy(browser, form), buy(browser, form)]);
    expect(twice.map((response) => response.headers.get('location')).sort()).toEqual([
      '/cart?notice=added',
      '/cart?notice=repeated',
    ]);
    expect(where(await buy(browser, form))).toEqual([303, '/cart?notice=repeated']);
    expect(await stock()).toMatchObject({ sold: 1 });
  });

  test('gets every form that has no token, as programs send them', async () => {
    const { browser, buy, stock } = setUp();
    for (let sent = 0; sent < 3; sent += 1) await buy(browser, 'quantity=1');
    expect(await stock()).toMatchObject({ sold: 3 });
  });

  test('gets nothing from a page whose session is over: whether that form came before, nobody knows', async () => {
    const { browser, buy, stock, documents } = setUp();
    const form = `quantity=1&token=${tokenIn(await text(browser, '/'))}`;
    documents.advance(1_800_000);
    expect(where(await buy(browser, form))).toEqual([303, '/?notice=session-over']);
    expect(await stock()).toMatchObject({ sold: 0 });
    expect(await text(browser, '/?notice=session-over')).toContain('Please try again');
  });

  test('holds its units when its session is over: they are sold', async () => {
    const { browser, buy, stock } = setUp();
    await buy(browser, 'quantity=2');
    await browser.send('DELETE', '/session');
    expect(await text(browser, '/cart')).toContain('Nothing in it yet');
    expect(await stock()).toMatchObject({ sold: 2 });
  });
});

describe('a form that is not valid', () => {
  test.each([
    ['quantity=-1', 400, /^quantity must be a whole number from 1 to 5; got "-1"/],
    ['quantity=0', 400, /^quantity must be at least 1/],
    ['quantity=6', 400, /^quantity must be at most 5/],
    ['quantity=99999999999999999999', 400, /^quantity must be a whole number/],
    ['quantity=1.5', 400, /^quantity must be a whole number/],
    ['quantity=two', 400, /^quantity must be a whole number/],
    ['quantity=', 400, /^quantity must be a whole number/],
    ['', 400, /^quantity .*; got nothing/],
    ['quantity=1&product=Tent', 400, /^product must be what is on sale: Weekend rucksack; got "Tent"/],
    ['quantity=1&price=1', 400, /price/],
    ['quantity=1&__proto__=1', 400, /__proto__/],
    ['quantity=1&quantity=2', 400, /more than once/],
    ['quantity=1&token=%00', 400, /^token must be the token of a form/],
    [`quantity=1&token=${'x'.repeat(5000)}`, 413, /the limit is 4096 bytes/],
  ])('%j is answered %i, and sells nothing', async (body, status, detail) => {
    const { browser, buy, stock } = setUp();
    const refused = await buy(browser, body, json);
    expect(refused.status).toBe(status);
    const problem = (await refused.json()) as { detail: string };
    expect(problem.detail).toMatch(detail);
    const page = await buy(browser, body, html);
    expect([page.status, page.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(await stock()).toMatchObject({ sold: 0 });
  });

  test('of another type, from another site or with a forged cookie sells nothing either', async () => {
    const { browser, other, buy, stock } = setUp();
    const type = { 'content-type': 'application/json' };
    expect((await buy(browser, '{"quantity":1}', type)).status).toBe(415);
    expect((await buy(browser, 'quantity=1', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    other.cookie = 'tideline_session=forged';
    const forged = await buy(other, 'quantity=1', html);
    expect([forged.status, other.cookie]).toEqual([401, undefined]);
    expect(await forged.text()).toContain('The session cookie is not one of ours');
    expect(await stock()).toMatchObject({ sold: 0 });
  });
});

describe('the sale', () => {
  test('sells out, says so, and never sells more', async () => {
    const { app, buy, stock } = setUp();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => buy(Browser.of(app), 'quantity=1', json)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(6);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(4);
    expect(await stock()).toMatchObject({ left: 0, sold: 6, state: 'sold-out' });
    const late = Browser.of(app);
    expect(where(await buy(late, 'quantity=1', html))).toEqual([303, '/?notice=sold-out']);
    const page = await text(late, '/?notice=sold-out');
    expect(page).toContain('Sold out');
    expect(page).not.toContain('<form');
  });

  test('ends when its time is over, for whoever asks', async () => {
    const { browser, buy, clock, stock } = setUp();
    await text(browser, '/');
    clock.nowMs += 2 * hourMs;
    expect(where(await buy(browser, 'quantity=1', html))).toEqual([303, '/?notice=sale-ended']);
    expect(((await (await buy(browser, 'quantity=1', json)).json()) as { code: string }).code).toBe(
      'sale-ended',
    );
    const page = await text(browser, '/');
    expect(page).toContain('The sale has ended.');
    expect(page).not.toContain('data-seconds-left');
    expect(await stock()).toMatchObject({ state: 'ended', sold: 0 });
  });

  test('ends at the moment that the first task has fixed, and is another one for another product', async () => {
    const first = setUp();
    await first.stock();
    const later = (env: Record<string, string>) =>
      inMemoryApi({
        env: { STOREFRONT: 'on', STOREFRONT_STOCK: '6', ...env },
        now: () => new Date(first.clock.nowMs + hourMs),
        documents: first.documents,
      }).app.request('/stock');
    expect(await (await later({ STOREFRONT_PRICE_CENTS: '100' })).json()).toMatchObject({
      endsAt: '2026-01-02T05:00:00.000Z',
    });
    expect(await (await later({ STOREFRONT_PRODUCT: 'Tent' })).json()).toMatchObject({
      endsAt: '2026-01-02T06:00:00.000Z',
    });
  });
});

describe('without the session store', () => {
  test('the page shows the offer, sells nothing and says why; cart and stock answer 503; the task is healthy', async () => {
    const { browser, documents, buy } = setUp();
    await text(browser, '/');
    documents.isDown = true;
    const page = await browser.request('/', { headers: html });
    expect(page.status).toBe(200);
    const shown = await page.text();
    expect(shown).toContain('We cannot reach our stock at the moment');
    expect(shown).toMatch(/<button[^>]* disabled/);
    expect(shown).not.toContain('<form');
    const refused = await buy(browser, 'quantity=1', html);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(refused.headers.get('content-type')).toBe('text/html; charset=utf-8');
    for (const path of ['/cart', '/stock']) {
      const response = await browser.request(path, { headers: json });
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await response.json()).toMatchObject({ code: 'session-store-unavailable' });
    }
    expect((await browser.request('/health')).status).toBe(200);
    documents.isDown = false;
    expect(where(await buy(browser, 'quantity=1'))).toEqual([303, '/cart?notice=added']);
  });
});
