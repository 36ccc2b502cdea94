import type { Choice, PlanDocument } from '@tideline/planner';
import { type Table, left, right } from '@tideline/report';
import { duration, percent, rounded, usd } from '../shared/words.ts';

/** Why a policy was chosen. */
const choices: Readonly<Record<Choice, string>> = {
  'cheapest-within-limits': 'the cheapest within your limits, under every condition that was tried',
  'best-within-budget': 'the fewest requests above capacity that your budget buys',
  'nearest-to-limits': 'nothing keeps your limits: this comes nearest to them',
  'nearest-to-budget': 'everything costs more than your budget: this costs least',
  'best-within-maximum':
    'what there is runs more than you allow: the fewest requests above capacity that so many carry',
  cheaper: 'clearly cheaper, with no more requests above capacity',
  safer: 'less than half the time with too few units, for hardly more',
  enough:
    'what there is does not carry this traffic, nor does anything for its price: the cheapest that does',
  better: 'better than what there is in one respect, and no worse in the other',
  keep: 'nothing that was tried beats what there is: keep it',
};

/** Whether nothing that was tried keeps what the user asks. */
export const breaksLimits = ({ choice }: Pick<PlanDocument, 'choice'>): boolean =>
  choice === 'nearest-to-limits' || choice === 'nearest-to-budget';

/** Why the recommended policy was chosen, and whether that holds on the part that it was not chosen on. */
export const choiceWords = ({ choice, remarks }: Pick<PlanDocument, 'choice' | 'remarks'>): string =>
  remarks.some(({ code }) => code === 'TL-PLAN-NOT-HELD')
    ? `${choices[choice]}; not so on the part that was held out`
    : choices[choice];

/** What the trace is, and how it was split. */
export function trafficLines({
  trace,
  capacity,
  split,
  unit,
  search,
  limits,
}: PlanDocument): readonly string[] {
  const { value, low, high } = capacity.requestsPerSecond;
  return [
    `${rounded(trace.days)} days of ${trace.name} in steps of ${trace.stepSeconds} s: ${rounded(trace.meanRequestsPerSecond)} requests/s on average, ${rounded(trace.peakRequestsPerSecond)} at most`,
    `one ${unit} carries ${rounded(value)} requests/s (${capacity.source}${low === high ? '' : `, ${rounded(low)} to ${rounded(high)}`})`,
    `fitted on the first ${duration(split.fittedSeconds)}, judged on the last ${duration(split.heldOutSeconds)}`,
    `${search.candidates} policies tried in ${rounded(search.wallSeconds)} s, seed ${search.seed}${search.stoppedEarly ? '; --seconds ended the search' : ''}`,
    ...limitWords(limits),
  ];
}

function limitWords({
  maxShortPercent,
  budgetUsdPerMonth,
  maxUnits,
}: PlanDocument['limits']): readonly string[] {
  const words = [
    ...(maxShortPercent === null
      ? []
      : [`at most ${percent(maxShortPercent)} of the requests above capacity`]),
    ...(budgetUsdPerMonth === null ? [] : [`at most ${usd(budgetUsdPerMonth)} USD a month`]),
    ...(maxUnits === null ? [] : [`at most ${maxUnits} ${maxUnits === 1 ? 'unit' : 'units'}`]),
  ];
  return words.length === 0 ? [] : [`limits: ${words.join(', ')}`];
}

/** The front, cheapest first: figures of both parts and of the worst day. */
export const frontTable = ({ front, unit }: PlanDocument): Table => ({
  columns: [
    left('policy'),
    right(`${unit}s`),
    right('USD/month'),
    right('fitted'),
    right('held out'),
    right('worst day'),
  ],
  rows: front.map(({ name, settings, heldOut, fitted, worstDay }) => [
    `${name}: ${settingsWords(settings)}`,
    rounded(heldOut.averageUnits),
    usd(heldOut.cost.computeUsdPerMonth),
    percent(fitted.requestsAboveCapacity.percent),
    percent(heldOut.requestsAboveCapacity.percent),
    percent(worstDay.requestsAboveCapacity.percent),
  ]),
});

/** Bounds and what policies hold, in a few words. */
export function settingsWords({ capacity, scaling }: PlanDocument['current']['settings']): string {
  const scheduled = scaling.policies.filter((policy) => 'schedule' in policy).length;
  const held = scaling.policies.flatMap((policy) => {
    if (!('metric' in policy)) return [];
    const target = Object.entries(policy.metric).find(
      ([name, value]) => typeof value === 'number' && /PerMinute|Percent|Milliseconds|target/i.test(name),
    );
    const threshold = 'alarm' in policy ? ` at ${policy.alarm.threshold}` : '';
    return [`${policy.name}${target === undefined ? threshold : ` ${String(target[1])}`}`];
  });
  return [
    `${capacity.min} to ${capacity.max}`,
    ...held,
    ...(scheduled > 0 ? [`${scheduled} scheduled minimums`] : []),
  ].join(', ');
}

/** How the figures move where the capacity, or the start within the minute, is another. */
export const sensitivityTable = ({ sensitivity }: PlanDocument): Table => ({
  columns: [
    left('if'),
    right('now, USD'),
    right('above'),
    right('short'),
    right('recommended, USD'),
    right('above'),
    right('short'),
  ],
  rows: sensitivity.map(({ condition, current, recommended }) => [
    condition.name,
    ...[current, recommended].flatMap(({ cost, requestsAboveCapacity, elasticity }) => [
      usd(cost.computeUsdPerMonth),
      percent(requestsAboveCapacity.percent),
      percent(elasticity.underProvisioning.timePercent),
    ]),
  ]),
});
