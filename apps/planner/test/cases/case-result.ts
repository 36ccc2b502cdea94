import type { PlanDocument } from '@tideline/planner';

/** A policy over the part of a trace that was held out. */
interface Side {
  /** Of what runs the service. */
  readonly usdPerMonth: number;
  /** Share of time with too few units, percent. */
  readonly shortTimePercent: number;
  /** Requests that arrived above capacity, percent of all. */
  readonly aboveCapacityPercent: number;
}

/** A trace with the policy of now and the planned one. */
export interface CaseResult {
  readonly name: string;
  readonly choice: PlanDocument['choice'];
  readonly now: Side;
  readonly plan: Side;
  /** What the plan costs, of what is paid now. */
  readonly costRatio: number;
  /** Time with too few units, of that of now; 1 where neither has any. */
  readonly shortTimeRatio: number;
  /** The aims that are reached. */
  readonly reached: readonly ('safer' | 'cheaper')[];
  /** Costs more, and has more requests above capacity. */
  readonly isWorseInBoth: boolean;
  readonly wallSeconds: number;
}

/** What a plan has to come to. */
const aims = {
  /** At most so much of the time with too few units, for at most so much of the cost. */
  safer: { shortTimeRatio: 0.5, costRatio: 1.1 },
  /** At most so much of the cost, with no more requests above capacity. */
  cheaper: { costRatio: 0.75 },
} as const;

const sideOf = ({ heldOut }: PlanDocument['current']): Side => ({
  usdPerMonth: heldOut.cost.computeUsdPerMonth,
  shortTimePercent: heldOut.elasticity.underProvisioning.timePercent,
  aboveCapacityPercent: heldOut.requestsAboveCapacity.percent,
});

const ratioOf = (one: number, other: number): number => (one === 0 && other === 0 ? 1 : one / other);

/** Judges a plan by the aims, on the part that was held out. */
export function caseResult(
  name: string,
  {
    current,
    recommended,
    choice,
    search,
  }: Pick<PlanDocument, 'current' | 'recommended' | 'choice' | 'search'>,
): CaseResult {
  const [now, plan] = [sideOf(current), sideOf(recommended)];
  const costRatio = ratioOf(plan.usdPerMonth, now.usdPerMonth);
  const shortTimeRatio = ratioOf(plan.shortTimePercent, now.shortTimePercent);
  const isSafer = shortTimeRatio <= aims.safer.shortTimeRatio && costRatio <= aims.safer.costRatio;
  const isCheaper =
    costRatio <= aims.cheaper.costRatio && plan.aboveCapacityPercent <= now.aboveCapacityPercent;
  return {
    ...{ name, choice, now, plan, costRatio, shortTimeRatio },
    reached: [...(isSafer ? (['safer'] as const) : []), ...(isCheaper ? (['cheaper'] as const) : [])],
    isWorseInBoth: costRatio > 1 && plan.aboveCapacityPercent > now.aboveCapacityPercent,
    wallSeconds: search.wallSeconds,
  };
}

/** All of them together. */
export interface CasesSummary {
  readonly cases: number;
  readonly reached: number;
  readonly medianCostRatio: number;
  readonly medianShortTimeRatio: number;
  readonly worseInBoth: readonly string[];
}

export const summaryOf = (results: readonly CaseResult[]): CasesSummary => ({
  cases: results.length,
  reached: results.filter(({ reached }) => reached.length > 0).length,
  medianCostRatio: median(results.map(({ costRatio }) => costRatio)),
  medianShortTimeRatio: median(results.map(({ shortTimeRatio }) => shortTimeRatio)),
  worseInBoth: results.filter(({ isWorseInBoth }) => isWorseInBoth).map(({ name }) => name),
});

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

const usd = (value: number): string => value.toFixed(1);
const percent = (value: number): string => value.toFixed(2);

/** A table for a terminal. */
export function renderCases(results: readonly CaseResult[]): string {
  const side = ({ usdPerMonth, aboveCapacityPercent, shortTimePercent }: Side): readonly string[] => [
    usd(usdPerMonth),
    percent(aboveCapacityPercent),
    percent(shortTimePercent),
  ];
  const rows = [
    ['case', 'now USD', 'above %', 'short %', 'plan USD', 'above %', 'short %', 'rule', 'reached', 's'],
    ...results.map((each) => [
      each.name,
      ...side(each.now),
      ...side(each.plan),
      each.choice,
      each.reached.join(' and ') || (each.isWorseInBoth ? 'worse in both' : 'no'),
      each.wallSeconds.toFixed(0),
    ]),
  ];
  const words = [0, 7, 8];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return words.includes(column) ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
  const { cases, reached, medianCostRatio, medianShortTimeRatio, worseInBoth } = summaryOf(results);
  return [
    ...lines,
    '',
    `${reached} of ${cases} cases reach an aim; median cost ${percent(medianCostRatio)}, median time with too few units ${percent(medianShortTimeRatio)} of now; worse in both: ${worseInBoth.join(', ') || 'none'}`,
    '',
  ].join('\n');
}
