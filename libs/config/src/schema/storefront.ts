import * as z from 'zod';
import { wholeSeconds } from './fields.ts';

const words = (most: number) => z.string().min(1).max(most);

/** The promotional page at `/`, and its cart; needs sessions. */
export const storefrontSchema = z.strictObject({
  enabled: z.boolean().default(false).describe('Serves the storefront at `/`, and `/cart`.'),
  headline: words(120).default('One night only').describe('Headline of the page.'),
  offer: words(400)
    .default('Half the price while stocks last. One click, and it is in your cart.')
    .describe('Text of the offer.'),
  product: words(120).default('Weekend rucksack').describe('Name of the product.'),
  priceCents: z.int().min(1).max(100_000_000).default(3900).describe('Price of one unit, in cents of USD.'),
  stock: z.int().min(0).max(10_000_000).default(500).describe('Units on sale, all shops together.'),
  maximumPerCart: z.int().min(1).max(100).default(5).describe('Most units that one cart may hold.'),
  saleSeconds: wholeSeconds(60, 2_592_000)
    .default(7200)
    .describe('Length of the sale, from the first start of the service; the page counts down to its end.'),
});
