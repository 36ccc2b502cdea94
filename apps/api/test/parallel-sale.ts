import type { StorefrontConfig } from '../src/storefront-variables.ts';

/** What the processes of the parallel-buyers test sell together. */
export const parallelSale = (stock: number): StorefrontConfig => ({
  headline: '',
  offer: '',
  product: 'Weekend rucksack',
  priceCents: 100,
  stock,
  maximumPerCart: 100,
  saleSeconds: 7200,
});
