import type { SaleFigures } from '@tideline/evidence';
import { z } from 'zod';
import type { CookieJar } from '../load/cookie-jar.ts';

const stockSchema = z.object({ total: z.int(), sold: z.int() });
const cartSchema = z.object({ quantity: z.int() });

const longestWaitMs = 10_000;
/** Carts that are asked for at once. */
const atOnce = 10;

/** What the shop said of its stock when the load began. */
export type Stock = z.output<typeof stockSchema>;

/** @throws Error when the shop does not answer with its stock */
export const readStock = async (target: URL): Promise<Stock> =>
  stockSchema.parse(await ask(target, '/stock', undefined));

/** Counts what the run’s buyers hold, cart by cart, against what the shop says it has sold. */
export async function countSale(
  target: URL,
  { before, jars }: { readonly before: Stock; readonly jars: readonly CookieJar[] },
): Promise<SaleFigures> {
  try {
    const buyers = jars.flatMap(({ header }) => (header === undefined ? [] : [header]));
    let inCarts = 0;
    for (let first = 0; first < buyers.length; first += atOnce) {
      const carts = await Promise.all(
        buyers.slice(first, first + atOnce).map((cookie) => ask(target, '/cart', cookie)),
      );
      for (const cart of carts) inCarts += cartSchema.parse(cart).quantity;
    }
    const { total, sold } = await readStock(target);
    return { total, soldBefore: before.sold, sold, inCarts };
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}

async function ask(target: URL, path: string, cookie: string | undefined): Promise<unknown> {
  const url = `${target.href.replace(/\/$/, '')}${path}`;
  const response = await fetch(url, {
    headers: { accept: 'application/json', ...(cookie === undefined ? {} : { cookie }) },
    signal: AbortSignal.timeout(longestWaitMs),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}
