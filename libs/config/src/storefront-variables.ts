import type { Environment } from './environment.ts';

/**
 * What the backend is told of the storefront, by environment variable: the one mapping, for the twin’s processes and for
 * containers alike. Empty where the description has no storefront, which is the backend’s own default.
 */
export function storefrontVariables({
  storefront,
}: Pick<Environment, 'storefront'>): Readonly<Record<string, string>> {
  if (!storefront.enabled) return {};
  return {
    STOREFRONT: 'on',
    STOREFRONT_HEADLINE: storefront.headline,
    STOREFRONT_OFFER: storefront.offer,
    STOREFRONT_PRODUCT: storefront.product,
    STOREFRONT_PRICE_CENTS: String(storefront.priceCents),
    STOREFRONT_STOCK: String(storefront.stock),
    STOREFRONT_MAXIMUM_PER_CART: String(storefront.maximumPerCart),
    STOREFRONT_SALE_SECONDS: String(storefront.saleSeconds),
  };
}
