import * as z from 'zod';
import { wholeNumber } from './whole-number.ts';

const text = (most: number) => z.string().max(most, `must have at most ${most} characters`);

/** The variables of the storefront. */
export const storefrontVariables = {
  STOREFRONT: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .transform((value) => value === 'on')
    .default(false)
    .describe('Whether `/` is a storefront with a cart (`on` or `off`); needs a `SESSION_STORE`.'),
  STOREFRONT_HEADLINE: text(120).default('One night only').describe('Headline of the storefront.'),
  STOREFRONT_OFFER: text(400)
    .default('Half the price while stocks last. One click, and it is in your cart.')
    .describe('Text of the offer.'),
  STOREFRONT_PRODUCT: text(120).default('Weekend rucksack').describe('Name of the product.'),
  STOREFRONT_PRICE_CENTS: wholeNumber(1, 100_000_000)
    .default(3900)
    .describe('Price of one unit, in cents of USD.'),
  STOREFRONT_STOCK: wholeNumber(0, 10_000_000).default(500).describe('Units on sale, all tasks together.'),
  STOREFRONT_MAXIMUM_PER_CART: wholeNumber(1, 100).default(5).describe('Most units that one cart may hold.'),
  STOREFRONT_SALE_SECONDS: wholeNumber(60, 2_592_000)
    .default(7200)
    .describe('Length of the sale, from the first start of the service.'),
};

type Variables = z.output<z.ZodObject<typeof storefrontVariables>>;

/** What is on sale, and how long. */
export interface StorefrontConfig {
  readonly headline: string;
  readonly offer: string;
  readonly product: string;
  readonly priceCents: number;
  readonly stock: number;
  readonly maximumPerCart: number;
  readonly saleSeconds: number;
}

/** One line where the storefront lacks what it is made of: a cart lives in a session. */
export const storefrontProblems = (
  variables: Variables & { readonly SESSION_STORE: string },
): readonly string[] =>
  variables.STOREFRONT && variables.SESSION_STORE === 'none'
    ? [
        'SESSION_STORE is none, but STOREFRONT is on; a cart lives in a session: set SESSION_STORE, or set STOREFRONT to off',
      ]
    : [];

/** The storefront in the program’s own names; undefined where there is none. */
export const storefrontConfig = (variables: Variables): StorefrontConfig | undefined =>
  variables.STOREFRONT
    ? {
        headline: variables.STOREFRONT_HEADLINE,
        offer: variables.STOREFRONT_OFFER,
        product: variables.STOREFRONT_PRODUCT,
        priceCents: variables.STOREFRONT_PRICE_CENTS,
        stock: variables.STOREFRONT_STOCK,
        maximumPerCart: variables.STOREFRONT_MAXIMUM_PER_CART,
        saleSeconds: variables.STOREFRONT_SALE_SECONDS,
      }
    : undefined;
