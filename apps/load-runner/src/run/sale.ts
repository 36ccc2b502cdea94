import type { SaleFigures } from '@tideline/evidence';
import * as z from 'zod';
import { UsageError, messageOf } from '@tideline/process';
import type { CookieJar } from '../load/connection/cookie-jar.ts';
import { sentRequest } from '../load/connection/sent-request.ts';
import { askTarget } from './ask-target.ts';
import { Demand } from './demand.ts';
import type { RunSettings } from './run-settings.ts';

const stockSchema = z.object({ total: z.int(), sold: z.int() });
const cartSchema = z.object({ quantity: z.int() });

/** Carts that are asked for at once. */
const atOnce = 10;

/** A sale as it is before the load, and what counts how much of it is asked for. */
export interface SaleOpening {
  readonly soldBefore: number;
  readonly maximumPerCart: number;
  readonly demand: Demand;
}

/** Null where nothing is for sale. @throws UsageError when the shop does not answer with its stock */
export async function openSale({
  target,
  profile,
  environment,
}: Pick<RunSettings, 'target' | 'profile' | 'environment'>): Promise<SaleOpening | null> {
  if (environment?.storefront.enabled !== true) return null;
  const { sold } = await readStock(target).catch((error: unknown) => {
    throw new UsageError(
      'TL-RUN-SALE',
      `--target: the storefront at ${target.href} does not tell its stock (${messageOf(error)}), so its sale could not be judged; see that it and its session store are up, or give an environment without a storefront`,
      { cause: error },
    );
  });
  const { maximumPerCart } = environment.storefront;
  return { soldBefore: sold, maximumPerCart, demand: new Demand(target, profile) };
}

const readStock = (target: URL) => ask(target, '/stock', { schema: stockSchema });

/** Counts what the run’s buyers hold, cart by cart, against what the shop says it has sold. */
export async function countSale(
  target: URL,
  { opening, jars }: { readonly opening: SaleOpening; readonly jars: readonly CookieJar[] },
): Promise<SaleFigures> {
  try {
    const buyers = jars.flatMap(({ header }) => (header === undefined ? [] : [header]));
    let inCarts = 0;
    for (let first = 0; first < buyers.length; first += atOnce) {
      const carts = await Promise.all(
        buyers
          .slice(first, first + atOnce)
          .map((cookie) => ask(target, '/cart', { schema: cartSchema, cookie })),
      );
      for (const { quantity } of carts) inCarts += quantity;
    }
    const { total, sold } = await readStock(target);
    const { soldBefore, maximumPerCart, demand } = opening;
    const asked = demand.units(maximumPerCart);
    return { total, soldBefore, sold, inCarts, ...(asked === undefined ? {} : { asked }) };
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}

async function ask<Answer>(
  target: URL,
  path: string,
  { schema, cookie }: { readonly schema: z.ZodType<Answer>; readonly cookie?: string },
): Promise<Answer> {
  const headers = { accept: 'application/json', ...(cookie === undefined ? {} : { cookie }) };
  const asked = sentRequest(target, { method: 'GET', path, headers, body: null }, false);
  const { status, text } = await askTarget(target, asked);
  if (status !== 200) throw new Error(`${path} answered ${status}`);
  const answer = schema.safeParse(jsonOf(text));
  if (answer.success) return answer.data;
  const wrong = answer.error.issues.map(({ path: place, message }) => [...place, message].join(': '));
  throw new Error(`${path} answered ${status} in another shape: ${wrong.join('; ')}`);
}

/** Undefined for what is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
