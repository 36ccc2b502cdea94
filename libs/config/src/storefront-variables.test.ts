import { describe, expect, test } from '@jest/globals';
import { presetInput } from './presets/presets.ts';
import { resolveEnvironment } from './resolve/resolve-environment.ts';
import { storefrontVariables } from './storefront-variables.ts';

describe('storefrontVariables', () => {
  test('are none where there is no storefront', () => {
    expect(storefrontVariables(resolveEnvironment(presetInput('load-driven')))).toEqual({});
  });

  test('tell the backend every setting of the description', () => {
    const environment = resolveEnvironment(presetInput('flash-sale'));
    const variables = storefrontVariables(environment);
    expect(variables).toMatchObject({ STOREFRONT: 'on', STOREFRONT_PRICE_CENTS: '3900' });
    expect(Object.keys(variables)).toHaveLength(Object.keys(environment.storefront).length);
  });
});
