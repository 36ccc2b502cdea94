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
  }),
  z.object({ unreadable: z.string().describe('Why the shop or a cart could not be read.') }),
]);
export type SaleFigures = z.infer<typeof saleFiguresSchema>;

/** No unit was sold twice, and none that was sold is lost. */
export function stockKept(sale: SaleFigures): Check {
  const name = 'stock-kept';
  if ('unreadable' in sale)
    return {
      name,
      passed: false,
      observed: `the sale could not be read: ${sale.unreadable}`,
      expected: 'the shop tells its stock, and each buyer’s cart',
    };
  const { total, soldBefore, sold, inCarts } = sale;
  return {
    name,
    passed: sold <= total && soldBefore + inCarts === sold,
    observed: `${formatCount(sold)} of ${formatCount(total)} units sold, ${formatCount(inCarts)} in the carts of this run`,
    expected: `at most ${formatCount(total)} units sold, ${formatCount(sold - soldBefore)} in the carts of this run`,
  };
}
