import type { Outcome } from '../judge/outcome.ts';

/** What the user asks of a plan; null where nothing was said. */
export interface PlanLimits {
  /** Most requests above capacity, percent of all. */
  readonly maxShortPercent: number | null;
  /** Most that the service may cost, USD a month of compute. */
  readonly budgetUsdPerMonth: number | null;
  /** Most units that may run. */
  readonly maxUnits: number | null;
}

/** A candidate with what it came to over the part that is fitted: as measured first, then under the other conditions. */
export interface Contender<Name> {
  readonly name: Name;
  readonly outcomes: readonly Outcome[];
}

/** Why one was chosen. */
export type Choice =
  /** Costs least of those within the limits. */
  | 'cheapest-within-limits'
  /** The fewest requests above capacity that the budget buys. */
  | 'best-within-budget'
  /** None is within the limits: the one with the fewest requests above capacity that the budget buys. */
  | 'nearest-to-limits'
  /** All cost more than the budget: the one that costs least. */
  | 'nearest-to-budget'
  /** What there is runs more units than may run, and none is better in all: the one with the fewest requests above capacity. */
  | 'best-within-maximum'
  /** Costs clearly less, with no more requests above capacity. */
  | 'cheaper'
  /** At most half the time with too few units, for hardly more. */
  | 'safer'
  /** Better in one respect, no worse in the other. */
  | 'better'
  /** What there is cannot carry the traffic, and nothing of its price can: what does, at the least cost. */
  | 'enough'
  /** Nothing beats what there is. */
  | 'keep';

/** Room that is left for days that were not fitted: a saving counts from here on, a cost up to here. */
const clearlyCheaper = 0.72;
const hardlyMore = 1.06;
const clearlySafer = 0.42;
/** With at most so much of the time with too few units there is room enough: less of it is not paid for. */
const amplySafer = 0.2;
/** A requirement of the fitted part is held with this much to spare. */
const margin = 0.85;
/** Requests above capacity, percent of all, with which a policy does not carry its traffic, and with which one does. */
export const notCarriedPercent = 5;
const carriedPercent = 0.1;
/** Shares, percent, that do not count where they were not what was chosen by. */
export const negligible = { short: 0.1, shortTime: 0.5 };

export interface Recommended<Name> {
  /** Null: what there is. */
  readonly name: Name | null;
  readonly choice: Choice;
}

export type Measure = (outcome: Outcome) => number;

export const short: Measure = ({ elasticity }) => elasticity.aboveCapacity.percent;
export const shortTime: Measure = ({ elasticity }) => elasticity.underProvisioning.timePercent;
export const usd: Measure = ({ computeUsdPerMonth }) => computeUsdPerMonth;
export const peakUnits: Measure = (outcome) => outcome.peakUnits;

/**
 * Chooses among candidates, none of which runs more units than may run. With limits of requests or cost, and what there is among
 * them: the cheapest that is within them under every condition, else the one with the fewest requests above capacity inside
 * the budget, else the cheapest. Without: what costs clearly less, else what more than halves the time with too few
 * units for hardly more, the cheapest where several leave hardly any; else, where more than 5 % of the requests arrive above capacity, what costs least of those with at most 0.1 %; else
 * what is better in one respect; none of these has more requests above capacity than what there is, under any condition. Else what
 * there is, unless it runs more units than may run: then the one with the fewest requests above capacity.
 */
export function recommend<Name>(
  contenders: readonly Contender<Name>[],
  current: readonly Outcome[],
  limits: PlanLimits,
): Recommended<Name> {
  const { maxShortPercent, budgetUsdPerMonth, maxUnits } = limits;
  const mayStay = maxUnits === null || most(current, peakUnits) <= maxUnits;
  if (maxShortPercent !== null || budgetUsdPerMonth !== null)
    return withinLimits([...(mayStay ? [{ name: null, outcomes: current }] : []), ...contenders], limits);
  const better = betterThan(contenders, current);
  if (better.name !== null || mayStay) return better;
  const best = fewestAbove(contenders);
  return best === undefined ? better : { name: best.name, choice: 'best-within-maximum' };
}

function withinLimits<Name>(
  contenders: readonly Contender<Name | null>[],
  { maxShortPercent, budgetUsdPerMonth }: PlanLimits,
): Recommended<Name> {
  const affordable = contenders.filter(
    (contender) => budgetUsdPerMonth === null || worst(contender, usd) <= budgetUsdPerMonth,
  );
  const within = affordable.filter(
    (contender) => maxShortPercent !== null && worst(contender, short) <= maxShortPercent * margin,
  );
  const cheapest = least(within, (contender) => worst(contender, usd));
  if (cheapest !== undefined) return { name: cheapest.name, choice: 'cheapest-within-limits' };
  const nearest = fewestAbove(affordable);
  if (nearest === undefined) {
    const leastDear = least(contenders, (contender) => worst(contender, usd));
    return leastDear === undefined
      ? { name: null, choice: 'keep' }
      : { name: leastDear.name, choice: 'nearest-to-budget' };
  }
  return {
    name: nearest.name,
    choice: maxShortPercent === null ? 'best-within-budget' : 'nearest-to-limits',
  };
}

function betterThan<Name>(
  contenders: readonly Contender<Name>[],
  current: readonly Outcome[],
): Recommended<Name> {
  const share = (contender: Contender<Name>, measure: Measure): number =>
    measure(nominal(contender.outcomes)) / Math.max(measure(nominal(current)), 1e-9);
  /** Under every condition at most so much of what there is; under those that were not measured what is negligible will do. */
  const holds = ({ outcomes }: Contender<Name>, measure: Measure, { most = 1, spared = 0 } = {}): boolean =>
    outcomes.every((outcome, index) => {
      const least = index === 0 ? 0 : spared;
      return measure(outcome) <= Math.max(measure(nominal(current.slice(index))) * most, least);
    });
  const cheaper = least(
    contenders.filter((contender) => holds(contender, short, { most: margin, spared: negligible.short })),
    (contender) => share(contender, usd),
  );
  if (cheaper !== undefined && share(cheaper, usd) <= clearlyCheaper)
    return { name: cheaper.name, choice: 'cheaper' };
  const noWorse = contenders.filter(
    (contender) =>
      holds(contender, short, { spared: negligible.short }) &&
      holds(contender, shortTime, { spared: negligible.shortTime }),
  );
  /** The highest cost under any condition, of what there is costs under it. */
  const costShare = ({ outcomes }: Contender<Name>): number =>
    Math.max(
      ...outcomes.map((outcome, index) => usd(outcome) / Math.max(usd(nominal(current.slice(index))), 1e-9)),
    );
  const affordable = noWorse.filter((contender) => holds(contender, usd, { most: hardlyMore }));
  const safer =
    least(
      affordable.filter((contender) => share(contender, shortTime) <= amplySafer),
      costShare,
    ) ?? least(affordable, (contender) => share(contender, shortTime));
  if (safer !== undefined && share(safer, shortTime) <= clearlySafer)
    return { name: safer.name, choice: 'safer' };
  if (short(nominal(current)) > notCarriedPercent) {
    const enough = least(
      contenders.filter(({ outcomes }) => short(nominal(outcomes)) <= carriedPercent),
      (contender) => share(contender, usd),
    );
    if (enough !== undefined) return { name: enough.name, choice: 'enough' };
  }
  const better = least(
    noWorse.filter((contender) => holds(contender, usd)),
    (contender) => share(contender, usd) + share(contender, shortTime),
  );
  return better === undefined ? { name: null, choice: 'keep' } : { name: better.name, choice: 'better' };
}

function nominal(outcomes: readonly Outcome[]): Outcome {
  const [outcome] = outcomes;
  if (outcome === undefined) throw new RangeError('a policy needs an outcome under each condition');
  return outcome;
}

const most = (outcomes: readonly Outcome[], measure: Measure): number => Math.max(...outcomes.map(measure));
const worst = ({ outcomes }: Contender<unknown>, measure: Measure): number => most(outcomes, measure);

/** The one with the fewest requests above capacity under every condition; of equal ones the cheapest. */
function fewestAbove<Name>(contenders: readonly Contender<Name>[]): Contender<Name> | undefined {
  const fewest = Math.min(...contenders.map((contender) => worst(contender, short)));
  return least(
    contenders.filter((contender) => worst(contender, short) === fewest),
    (contender) => worst(contender, usd),
  );
}

/** The one with the lowest value, the first among equals. */
function least<Item>(items: readonly Item[], value: (item: Item) => number): Item | undefined {
  let best: { readonly item: Item; readonly value: number } | undefined;
  for (const item of items) {
    const own = value(item);
    if (best === undefined || own < best.value) best = { item, value: own };
  }
  return best?.item;
}
