import type { LineItem, Scenario } from '@tideline/cost';
import { type Palette, left, right } from '@tideline/report';
import type { Beside, CostReport } from '../cost-report.ts';
import { tableLines, usd } from './section.ts';

const shown = ['minimum', 'typical', 'maximum'] as const;
const half = 0.005;

/** What a settings profile adds to each line of the estimate, and the sums with and without it. */
export function besideLines(
  { scenarios }: CostReport,
  { profile, scenarios: other }: Beside,
  paint: Palette,
): readonly string[] {
  const sums = (of: typeof scenarios) => shown.map((name) => of[name].monthlyUsd);
  const [plain, profiled] = [sums(scenarios), sums(other)];
  const differences = shown.map((name) => lineDifferences(scenarios[name], other[name]));
  const resources = [...new Set(differences.flatMap((lines) => [...lines.keys()]))];
  const rows = resources
    .map((resource) => ({
      resource,
      amounts: differences.map((lines) => lines.get(resource) ?? 0),
    }))
    .filter(({ amounts }) => amounts.some((amount) => Math.abs(amount) >= half));
  return tableLines(
    {
      columns: [left('USD a month'), ...shown.map((name) => right(name))],
      rows: [
        ...rows.map(({ resource, amounts }) => [resource, ...amounts.map(signed)]),
        ['As described', ...plain.map(usd)],
        [`With profile ${profile}`, ...profiled.map(usd)],
        ['More', ...profiled.map((amount, at) => signed(amount - (plain[at] ?? 0)))],
      ],
    },
    paint,
  );
}

const signed = (amount: number): string => `${amount < 0 ? '-' : '+'}${usd(Math.abs(amount))}`;

/** By resource, what the second estimate has more than the first, USD a month. */
function lineDifferences(one: Scenario, other: Scenario): ReadonlyMap<string, number> {
  const amounts = (lines: readonly LineItem[]) =>
    new Map(lines.map(({ resource, monthlyUsd }) => [resource, monthlyUsd]));
  const [before, after] = [amounts(one.lines), amounts(other.lines)];
  return new Map(
    [...new Set([...before.keys(), ...after.keys()])].map((resource) => [
      resource,
      (after.get(resource) ?? 0) - (before.get(resource) ?? 0),
    ]),
  );
}
