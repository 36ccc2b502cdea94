import { describe, expect, test } from '@jest/globals';
import { serviceEnvironment } from './testing/environments.ts';
import { storefrontVariables } from './storefront-variables.ts';

describe('storefrontVariables', () => {
  test('are none where there is no storefront', () => {
    expect(storefrontVariables(serviceEnvironment())).toEqual({});
  });

  test('tell the backend every setting of the description', () => {
    const environment = serviceEnvironment({
      sessions: { store: 'redis' },
      storefront: { enabled: true, priceCents: 3900 },
    });
    const variables = storefrontVariables(environment);
    expect(variables).toMatchObject({ STOREFRONT: 'on', STOREFRONT_PRICE_CENTS: '3900' });
    expect(Object.keys(variables)).toHaveLength(Object.keys(environment.storefront).length);
  });
});
