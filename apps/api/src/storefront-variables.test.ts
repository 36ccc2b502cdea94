import { describe, expect, test } from '@jest/globals';
import { readConfig } from './config.ts';

const sessions = {
  SESSION_STORE: 'embedded',
  SESSION_FOLDER: '/folder',
  SESSION_KEYS: '0123456789abcdef0123456789abcdef',
};
const read = (env: Record<string, string>) => {
  const result = readConfig(env);
  return result.ok ? result.config.storefront : result.problems;
};

describe('the configuration of the storefront', () => {
  test('is none unless it is asked for', () => {
    expect(read({ STOREFRONT_STOCK: '5' })).toBeUndefined();
  });

  test('says what is on sale', () => {
    const env = { STOREFRONT: 'on', STOREFRONT_PRODUCT: 'Tent', STOREFRONT_STOCK: '0' };
    expect(read({ ...sessions, ...env })).toMatchObject({
      headline: 'One night only',
      product: 'Tent',
      priceCents: 3900,
      stock: 0,
      maximumPerCart: 5,
      saleSeconds: 7200,
    });
  });

  test.each([
    [
      { STOREFRONT: 'on', SESSION_STORE: 'none' },
      'SESSION_STORE is none, but STOREFRONT is on; a cart lives in a session: set SESSION_STORE, or set STOREFRONT to off',
    ],
    [{ STOREFRONT: 'true' }, 'STOREFRONT must be on or off; got "true"'],
    [{ STOREFRONT_PRICE_CENTS: '9.99' }, /^STOREFRONT_PRICE_CENTS must be a whole number .*; got "9.99"$/],
    [{ STOREFRONT_SALE_SECONDS: '59' }, 'STOREFRONT_SALE_SECONDS must be at least 60; got "59"'],
  ])('%j is refused with what to do', (env: Record<string, string>, problem) => {
    expect(read({ ...sessions, ...env })).toEqual([
      typeof problem === 'string' ? problem : expect.stringMatching(problem),
    ]);
  });
});
