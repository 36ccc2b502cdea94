import { describe, expect, test } from '@jest/globals';
import { CookieJar } from '../src/load/cookie-jar.ts';
import { countSale, readStock } from '../src/run/sale.ts';
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

describe('the count of a sale', () => {
  test('adds up the carts of the buyers, and leaves out whoever was given no cookie', async () => {
    const { url, close } = await shop({ 'id=a': 5, 'id=b': 2 }, { total: 300, left: 290, sold: 10 });
    const target = new URL(url);
    expect(await readStock(target)).toEqual({ total: 300, sold: 10 });
    const jars = [buyer('a'), new CookieJar(), buyer('b')];
    expect(await countSale(target, { before: { total: 300, sold: 3 }, jars })).toEqual({
      ...{ total: 300, soldBefore: 3, sold: 10, inCarts: 7 },
    });
    close();
  });

  test('says which cart could not be read', async () => {
    const { url, close } = await shop({}, { total: 300, sold: 0 });
    const jars = [buyer('a')];
    expect(await countSale(new URL(url), { before: { total: 300, sold: 0 }, jars })).toEqual({
      unreadable: '/cart answered 404',
    });
    close();
  });
});
