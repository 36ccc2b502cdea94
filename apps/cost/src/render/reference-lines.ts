import type { Comparison } from '@tideline/cost';
import { type Palette, left, right } from '@tideline/report';
import type { CostReport } from '../cost-report.ts';
import { percent, usd, paragraph, tableLines } from './section.ts';

/** The minimum item by item beside the published table, with the reason of each difference. */
export function referenceLines(
  { unit, saving }: CostReport,
  comparison: Comparison,
  paint: Palette,
): readonly string[] {
  const { items, leftOut, referenceUsd, comparableUsd, leftOutUsd, fixedUnits, savingPercent } = comparison;
  const columns = [left('item'), right('theirs'), right('ours'), left('why ours differs')];
  return [
    ...tableLines(
      {
        columns,
        rows: [
          ...items.map((item) => [item.name, usd(item.referenceUsd), usd(item.ourUsd), item.reason]),
          ['Comparable', usd(referenceUsd), usd(comparableUsd), difference(comparableUsd, referenceUsd)],
          ...leftOut.map(({ resources, ourUsd, reason }) => [
            resources.join(', '),
            '-',
            usd(ourUsd),
            `not in that table: ${reason}`,
          ]),
          ['All', usd(referenceUsd), usd(comparableUsd + leftOutUsd), ''],
        ],
      },
      paint,
    ),
    '',
    ...paragraph(
      `That table says that scaling saves about ${savingPercent} % of what ${fixedUnits} ${unit} cost around the clock; here it is ${percent(saving.compute.percent)}, under the load of a typical day as given above.`,
    ),
  ];
}

const difference = (ours: number, theirs: number): string =>
  `${ours < theirs ? '-' : '+'}${Math.abs((ours / theirs - 1) * 100).toFixed(1)} %`;
