import type { LineItem } from '@tideline/cost';
import { type Palette, left, right } from '@tideline/report';
import type { CostReport } from '../cost-report.ts';
import { quantity, usd, bullet, tableLines } from './section.ts';

const half = 0.005;

/** One line of the estimate in the three scenarios, which all have the same lines. */
interface Row {
  readonly minimum: LineItem;
  readonly typical: LineItem;
  readonly maximum: LineItem;
}

/** Cost by resource; what stays below a cent is named, and not listed. */
export function costLines(report: CostReport, paint: Palette): readonly string[] {
  const rows = rowsOf(report);
  const seen = rows.filter((row) => Math.max(...amounts(row)) >= half);
  const unseen = rows.filter((row) => Math.max(...amounts(row)) < half);
  const { minimum, typical, maximum } = report.scenarios;
  const columns = [
    left('resource'),
    left('unit price'),
    right('minimum'),
    right('typical'),
    right('maximum'),
  ];
  const lines = tableLines(
    {
      columns,
      rows: [
        ...seen.map((row) => [row.typical.resource, unitPrice(row.typical), ...amounts(row).map(usd)]),
        ['Sum, USD a month', '', ...[minimum, typical, maximum].map(({ monthlyUsd }) => usd(monthlyUsd))],
      ],
    },
    paint,
  );
  const names = unseen.map(({ typical: { resource } }) => resource);
  return [
    ...lines.slice(0, -1),
    ...lines.slice(-1).map(paint.bold),
    ...(names.length === 0 ? [] : ['', ...bullet(`Below one cent each: ${names.join('; ')}`)]),
  ];
}

/** How each quantity came about. */
export const explanationLines = (report: CostReport): readonly string[] =>
  rowsOf(report).flatMap((row) => {
    const quantities = [row.minimum, row.typical, row.maximum].map((line) => quantity(line.quantity));
    const { resource, stack, unit, note } = row.typical;
    return bullet(`${resource} (stack ${stack}): ${quantities.join(' / ')} ${unit}; ${note}`);
  });

function rowsOf({ scenarios: { minimum, typical, maximum } }: CostReport): readonly Row[] {
  return typical.lines.flatMap((line, index) => {
    const [low, high] = [minimum.lines[index], maximum.lines[index]];
    return low === undefined || high === undefined ? [] : [{ minimum: low, typical: line, maximum: high }];
  });
}

const amounts = ({ minimum, typical, maximum }: Row): readonly number[] =>
  [minimum, typical, maximum].map(({ monthlyUsd }) => monthlyUsd);

const unitPrice = ({ unitPriceUsd, unit }: LineItem): string => `${unitPriceUsd} / ${unit}`;
