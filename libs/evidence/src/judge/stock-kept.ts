import { formatCount } from '../record/quantity.ts';
import type { Check, SaleFigures } from '../record/run-record.ts';

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
