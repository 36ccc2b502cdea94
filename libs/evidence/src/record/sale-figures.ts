import { z } from 'zod';
import { formatCount } from './quantity.ts';
import type { Check } from './run-record.ts';

const units = z.int().min(0);

/** What a shop sold during a run whose buyers were its only ones, told twice: by the shop, and by the buyers’ carts. */
export const saleFiguresSchema = z.union([
  z.object({
    total: units.describe('Units that the shop had in all.'),
    soldBefore: units.describe('Units that it had sold when the run began.'),
    sold: units.describe('Units that it had sold when the load was over.'),
    inCarts: units.describe('Units in the carts of the run’s buyers, counted cart by cart.'),
    asked: units
      .optional()
      .describe(
        'Units that the buyers asked for one at a time and had an answer about, of each no more than a cart holds: with so many left, so many are sold. Left out where that says nothing, as when buyers also give units back.',
      ),
  }),
  z.object({ unreadable: z.string().describe('Why the shop or a cart could not be read.') }),
]);
export type SaleFigures = z.infer<typeof saleFiguresSchema>;

/** No unit was sold twice, none that was sold is lost, and none was refused while there were some left. */
export function stockKept(sale: SaleFigures): Check {
  const name = 'stock-kept';
  if ('unreadable' in sale)
    return {
      name,
      passed: false,
      observed: `the sale could not be read: ${sale.unreadable}`,
      expected: 'the shop tells its stock, and each buyer’s cart',
    };
  const { total, soldBefore, sold, inCarts, asked } = sale;
  const least = asked === undefined ? soldBefore : Math.min(total, soldBefore + asked);
  return {
    name,
    passed: sold >= least && sold <= total && soldBefore + inCarts === sold,
    observed: `${formatCount(sold)} of ${formatCount(total)} units sold, ${formatCount(inCarts)} in the carts of this run${told(asked)}`,
    expected: `${bounds(least, total)} units sold, ${formatCount(Math.max(least, sold) - soldBefore)} in the carts of this run`,
  };
}

const told = (asked: number | undefined): string =>
  asked === undefined ? '' : `, whose buyers asked for ${formatCount(asked)} that carts have room for`;

function bounds(least: number, total: number): string {
  if (least === total) return `all ${formatCount(total)}`;
  return least === 0
    ? `at most ${formatCount(total)}`
    : `at least ${formatCount(least)}, at most ${formatCount(total)}`;
}
