import type { Outcome } from '../judge/outcome.ts';
import type { TraceRemark } from '../traces/trace.ts';
import {
  type Choice,
  type Measure,
  type PlanLimits,
  negligible,
  notCarriedPercent,
  peakUnits,
  short,
  shortTime,
  usd,
} from './recommend.ts';
import { rounded } from './trace-doubts.ts';

/** What a policy comes to over the part that was held out, and what there is. */
interface HeldOut {
  readonly current: Outcome;
  readonly recommended: Outcome;
}

/** Says what does not hold; null where it does. */
type Claim = (heldOut: HeldOut, limits: PlanLimits) => string | null;

/** At most this share of what there is, or the allowance: so much does not count. */
const atMost =
  (
    what: string,
    measure: Measure,
    { share = 1, allowance = 0, unit }: { share?: number; allowance?: number; unit: string },
  ): Claim =>
  ({ current, recommended }) => {
    const [now, then] = [measure(current), measure(recommended)];
    return then <= Math.max(now * share, allowance)
      ? null
      : `${what} ${rounded(then)} ${unit}, and ${rounded(now)} ${unit} as it is now`;
  };

const noMoreAbove = atMost('requests above capacity are', short, {
  allowance: negligible.short,
  unit: '%',
});
const noLongerShort = atMost('the time with too few units is', shortTime, {
  allowance: negligible.shortTime,
  unit: '%',
});
const cheaper = atMost('the cost is', usd, { unit: 'USD a month' });

const inLimit: Claim = ({ recommended }, { maxShortPercent }) =>
  maxShortPercent === null || short(recommended) <= maxShortPercent
    ? null
    : `requests above capacity are ${rounded(short(recommended))} %, and at most ${maxShortPercent} % were asked for`;
const inBudget: Claim = ({ recommended }, { budgetUsdPerMonth }) =>
  budgetUsdPerMonth === null || usd(recommended) <= budgetUsdPerMonth
    ? null
    : `the cost is ${rounded(usd(recommended))} USD a month, and the budget ${budgetUsdPerMonth}`;
const inMaximum: Claim = ({ recommended }, { maxUnits }) =>
  maxUnits === null || peakUnits(recommended) <= maxUnits
    ? null
    : `up to ${peakUnits(recommended)} units run, and at most ${maxUnits} may`;
const carries: Claim = ({ recommended }) =>
  short(recommended) <= notCarriedPercent
    ? null
    : `requests above capacity are ${rounded(short(recommended))} %: it does not carry this traffic`;

/** What each choice says of the policy that was chosen. */
const claims: Readonly<Record<Choice, readonly Claim[]>> = {
  'cheapest-within-limits': [inLimit, inBudget],
  'best-within-budget': [inBudget],
  'nearest-to-limits': [inBudget],
  cheaper: [cheaper, noMoreAbove],
  safer: [
    atMost('the cost is', usd, { share: 1.1, unit: 'USD a month' }),
    noMoreAbove,
    atMost('the time with too few units is', shortTime, { share: 0.5, unit: '%' }),
  ],
  enough: [carries],
  better: [cheaper, noMoreAbove, noLongerShort],
  'nearest-to-budget': [],
  'best-within-maximum': [],
  keep: [inMaximum],
};

/** A policy is chosen on the part that is fitted: what was said of it then may not hold on the part that was held out. */
export function choiceDoubts(choice: Choice, heldOut: HeldOut, limits: PlanLimits): readonly TraceRemark[] {
  const broken = claims[choice].map((claim) => claim(heldOut, limits)).filter((said) => said !== null);
  if (broken.length === 0) return [];
  return [
    {
      code: 'TL-PLAN-NOT-HELD',
      message: `what it was chosen for does not hold on the part that was held out: ${broken.join('; ')}`,
    },
  ];
}
