import { describe, expect, test } from '@jest/globals';
import { loadProfile, presetInput, resolveEnvironment } from '@tideline/config';
import { UsageError } from '@tideline/process';
import { CookieJar } from '../src/load/connection/cookie-jar.ts';
import { countSale, openSale } from '../src/run/sale.ts';
import { serveHttp } from './run-load-runner.ts';

/** A shop that knows a cart per cookie. */
const shop = (carts: Readonly<Record<string, number>>, stock: object) =>
  serveHttp((request, response) => {
    const quantity = carts[request.headers.cookie ?? ''];
    if (request.url === '/cart' && quantity === undefined) response.statusCode = 404;
    response.end(JSON.stringify(request.url === '/stock' ? stock : { quantity }));
  });

function buyer(id: string): CookieJar {
  const jar = new CookieJar();
  jar.keep(['set-cookie', `id=${id}; Path=/`]);
  return jar;
}

const environment = resolveEnvironment(presetInput('flash-sale'));
const planAt = (url: string) => ({ target: new URL(url), profile: loadProfile('flash'), environment });

async function openingAt(url: string) {
  const opening = await openSale(planAt(url));
  if (opening === null) throw new Error('expected something to be for sale');
  return opening;
}

describe('the count of a sale', () => {
  test('adds up the carts of the buyers, and leaves out whoever was given no cookie', async () => {
    const stock = { total: 300, left: 297, sold: 3 };
    const { url, close } = await shop({ 'id=a': 5, 'id=b': 2 }, stock);
    const opening = await openingAt(url);
    expect(opening).toMatchObject({ soldBefore: 3, maximumPerCart: 5 });
    stock.sold = 10;
    const jars = [buyer('a'), new CookieJar(), buyer('b')];
    expect(await countSale(new URL(url), { opening, jars })).toEqual({
      ...{ total: 300, soldBefore: 3, sold: 10, inCarts: 7, asked: 0 },
    });
    close();
  });

  test('says which cart could not be read', async () => {
    const { url, close } = await shop({}, { total: 300, sold: 0 });
    const jars = [buyer('a')];
    expect(await countSale(new URL(url), { opening: await openingAt(url), jars })).toEqual({
      unreadable: '/cart answered 404',
    });
    close();
  });

  test.each([
    ['answers 503', [503, ''], '/stock answered 503'],
    ['answers with something else', [200, '{"total":300}'], '/stock answered 200 in another shape: sold: '],
    ['answers with a page', [200, '<p>'], '/stock answered 200 in another shape: '],
  ] as const)(
    'cannot begin at a shop that %s, and that is no fault of the program',
    async (_, [status, body], why) => {
      const { url, close } = await serveHttp((_request, response) => response.writeHead(status).end(body));
      const refused = openSale(planAt(url));
      await expect(refused).rejects.toThrow(UsageError);
      await expect(refused).rejects.toThrow(
        /^TL-RUN-SALE --target: .*; see that it and its session store are up/,
      );
      await expect(refused).rejects.toThrow(why);
      close();
    },
  );

  test('is none where nothing is for sale', async () => {
    const closed = resolveEnvironment(presetInput('load-driven'));
    expect(await openSale({ ...planAt('http://127.0.0.1:1'), environment: closed })).toBeNull();
    expect(await openSale({ ...planAt('http://127.0.0.1:1'), environment: null })).toBeNull();
  });
});
