import * as z from 'zod';
import type { StorefrontConfig } from '../src/storefront-variables.ts';

/** The store that processes of a test share, as each is told by its argument. */
export const sharedStore = z.union([
  z.object({ kind: z.literal('embedded'), folder: z.string() }),
  z
    .object({ kind: z.literal('redis'), url: z.string() })
    .transform((store) => ({ ...store, authToken: undefined })),
]);

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
