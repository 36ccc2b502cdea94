import type { PriceName, PriceTable, StackId } from '@tideline/config';

/** What a line is for. `compute` holds everything that there is less of when scaling has gone in. */
export type CostPart =
  | 'compute'
  | 'balancer'
  | 'network'
  | 'sessions'
  | 'files'
  | 'transfer'
  | 'observability'
  | 'delivery'
  | 'edge';

/** One line of an estimate. */
export interface LineItem {
  /** Stable name, the same in every scenario. */
  readonly id: string;
  readonly part: CostPart;
  /** What is paid for, in words. */
  readonly resource: string;
  /** Stack that makes it. */
  readonly stack: StackId;
  /** Units a month. */
  readonly quantity: number;
  readonly unit: string;
  /** Name of the price in the table. */
  readonly price: PriceName;
  readonly unitPriceUsd: number;
  readonly monthlyUsd: number;
  /** How the quantity came about. */
  readonly note: string;
}

/** A line before it is priced. */
export type UnpricedLine = Pick<
  LineItem,
  'id' | 'part' | 'resource' | 'stack' | 'quantity' | 'price' | 'note'
>;

/** Prices a line, to the millionth of a dollar. `price` must be in the table. */
export function priceLine(line: UnpricedLine, prices: PriceTable): LineItem {
  const price = prices[line.price];
  if (price === undefined) throw new Error(`no price is named ${line.price}`);
  return {
    ...line,
    unit: price.unit,
    unitPriceUsd: price.usd,
    monthlyUsd: roundUsd(line.quantity * price.usd),
  };
}

export const roundUsd = (usd: number): number => Math.round(usd * 1e6) / 1e6;
