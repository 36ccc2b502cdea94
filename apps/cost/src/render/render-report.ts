import { counted } from '@tideline/config';
import {
  type Saving,
  costAssumptionNames,
  costAssumptionsSchema,
  defaultCostAssumptions,
} from '@tideline/cost';
import { type Palette, left, palette, right } from '@tideline/report';
import type { CostReport } from '../cost-report.ts';
import { percent, quantity, usd, bullet, paragraph, section, tableLines, untitledLines } from './section.ts';
import { besideLines } from './beside-lines.ts';
import { costLines, explanationLines } from './cost-table.ts';
import { referenceLines } from './reference-lines.ts';
import { priceLines } from './render-prices.ts';

/** The report for a terminal, at most 100 columns wide, ending in a line break. Colour never carries a fact of its own. */
export function renderReport(
  report: CostReport,
  { color, explain }: { readonly color: boolean; readonly explain: boolean },
): string {
  const paint = palette({ color });
  const { reference, beside } = report;
  const sections = [
    section(title(report), scenarioLines(report), paint),
    section('Cost by resource, USD a month', costLines(report, paint), paint),
    explain
      ? section('How quantities came about: minimum / typical / maximum', explanationLines(report), paint)
      : [],
    section('Saving', savingLines(report), paint),
    reference === null
      ? []
      : section(
          'At minimum, beside a table published for such a system',
          referenceLines(report, reference, paint),
          paint,
        ),
    beside === null
      ? []
      : section(
          `With the settings profile ${beside.profile}, USD a month`,
          besideLines(report, beside, paint),
          paint,
        ),
    section('Remarks', report.remarks.flatMap(bullet), paint),
    section('Assumptions (--assume name=value changes one)', assumptionLines(report, paint), paint),
    section('Prices', priceLines(report, paint), paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const title = ({ preset, region, scenarios: { minimum, typical, maximum } }: CostReport): string =>
  `${preset} in ${region}: ${usd(minimum.monthlyUsd)} USD a month at minimum, ${usd(typical.monthlyUsd)} typical, ${usd(maximum.monthlyUsd)} at maximum`;

const singular = { tasks: 'task', instances: 'instance' } as const;

function scenarioLines({ scenarios, unit, load }: CostReport): readonly string[] {
  const { minimum, typical, maximum } = scenarios;
  const rate = `${quantity(load.requestsPerSecond)} requests/s`;
  const one = singular[unit];
  return untitledLines({
    columns: [left(''), left('')],
    rows: [
      ['minimum', `${counted(minimum.averageUnits, one)} around the clock, nothing is asked`],
      [
        'typical',
        `${rate} for ${counted(load.hoursPerDay, 'hour', quantity)} a day: ${counted(typical.averageUnits, one, quantity)} on average, ${typical.peakUnits} at most, by simulation (${load.explanation})`,
      ],
      ['maximum', `${counted(maximum.averageUnits, one)} and ${rate} around the clock`],
    ],
  });
}

function savingLines({ saving, scenarios, unit }: CostReport): readonly string[] {
  const { typical, fixedFleet } = scenarios;
  const row = (of: string, field: 'computeUsd' | 'monthlyUsd', { monthlyUsd, percent: share }: Saving) => [
    of,
    usd(fixedFleet[field]),
    usd(typical[field]),
    usd(monthlyUsd),
    percent(share),
  ];
  return [
    ...paragraph(
      `A fixed fleet of ${counted(fixedFleet.averageUnits, singular[unit])} around the clock, under the load of a typical day, against scaling:`,
    ),
    ...tableLines(
      {
        columns: [left('USD a month'), right('fixed'), right('scaled'), right('saved'), right('')],
        rows: [
          row('what runs the service', 'computeUsd', saving.compute),
          row('the whole bill', 'monthlyUsd', saving.total),
        ],
      },
      palette({ color: false }),
    ),
  ];
}

const assumptionLines = ({ assumptions, hoursPerMonth }: CostReport, paint: Palette): readonly string[] => [
  ...tableLines(
    {
      columns: [left('name'), right('value'), left('meaning')],
      rows: costAssumptionNames.map((name) => [
        name,
        `${quantity(assumptions[name])}${assumptions[name] === defaultCostAssumptions[name] ? '' : ' *'}`,
        costAssumptionsSchema.shape[name].description ?? '',
      ]),
    },
    paint,
  ),
  ...(costAssumptionNames.some((name) => assumptions[name] !== defaultCostAssumptions[name])
    ? ['* as given']
    : []),
  ...paragraph(`Fixed: ${hoursPerMonth} hours a month, every day alike.`),
];
