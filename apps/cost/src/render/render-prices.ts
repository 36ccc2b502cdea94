import { type Price, type PriceTable, listedRegion } from '@tideline/config';
import { type Palette, type Table, left, palette, right } from '@tideline/report';
import type { CostReport } from '../cost-report.ts';
import { bullet, paragraph, tableLines } from './section.ts';

/** The table of unit prices for a terminal, ending in a line break. */
export function renderPrices(prices: PriceTable): string {
  const lines = tableLines(priceTable('name', prices), palette({ color: false }));
  return `${lines.join('\n')}\n`;
}

const priceTable = (names: string, prices: Readonly<Record<string, Price>>): Table => ({
  columns: [left(names), right('USD'), left('per'), left('region'), left('as of'), left('source')],
  rows: Object.entries(prices).map(([name, { usd, unit, region, asOf, source }]) => [
    ...[name, String(usd)],
    ...[unit, region, asOf, source],
  ]),
});

/** The table as a file that `--prices` takes. */
export const replacementFile = (prices: PriceTable) => ({
  region: listedRegion,
  prices: Object.fromEntries(
    Object.entries(prices).map(([name, { usd, region, asOf, source }]) => [
      name,
      { usd, region, asOf, source },
    ]),
  ),
});

/** Which prices are used, and where each that is not built in came from. */
export function priceLines({ prices }: CostReport, paint: Palette): readonly string[] {
  const entries = Object.entries(prices);
  const own = entries.filter(([, { isBuiltIn }]) => !isBuiltIn);
  const builtIn = entries.length - own.length;
  const unchecked = entries
    .filter(([, price]) => price.isBuiltIn && isUnchecked(price))
    .map(([name]) => name);
  return [
    ...(builtIn === 0
      ? []
      : paragraph(
          `${builtIn} of ${entries.length} are of the built-in table: AWS’s list in ${listedRegion}, on demand, without tax, free tiers, discounts and tiers of volume. --list-prices has date and source of each.`,
        )),
    ...(unchecked.length === 0 ? [] : bullet(`Not checked against a publication: ${unchecked.join(', ')}`)),
    ...(own.length === 0 ? [] : ['', ...tableLines(priceTable('replaced', Object.fromEntries(own)), paint)]),
  ];
}

const isUnchecked = ({ source }: Price): boolean => source.includes('not checked');
