import { demandOf } from '@tideline/evidence';
import { families, familyNames } from '../families/families.ts';
import type { PlanSubject } from '../families/family.ts';
import type { Genes } from '../families/genes.ts';
import {
  type Condition,
  type Outcome,
  type TracePart,
  asMeasured,
  otherConditions,
} from '../judge/outcome.ts';
import { type Job, firstPart } from '../search/evaluate.ts';
import { geneSpace } from '../search/gene-space.ts';
import { paretoFront } from '../search/pareto.ts';
import { type Fitted, type SearchOptions, objectives, searchPolicies } from '../search/search.ts';
import type { Trace } from '../traces/trace.ts';
import { type Choice, type PlanLimits, recommend } from './recommend.ts';

export interface PlanOptions extends Pick<
  SearchOptions,
  'seed' | 'candidates' | 'evaluateAll' | 'isOver' | 'onProgress'
> {
  /** With the whole trace. */
  readonly subject: PlanSubject;
  readonly limits: PlanLimits;
  /** Where the fitted part ends, seconds from the start of the trace. */
  readonly fittedSeconds: number;
}

/** A policy with what it came to. */
export interface Planned {
  /** Null: the description as it stands. */
  readonly genes: Genes | null;
  readonly fitted: Outcome;
  readonly heldOut: Outcome;
  readonly worstDay: Outcome;
}

/** A condition with what the policies come to under it, over the part that was held out. */
interface Sensitivity {
  readonly condition: Condition;
  readonly current: Outcome;
  readonly recommended: Outcome;
}

export interface PolicyPlan {
  readonly current: Planned;
  readonly recommended: Planned;
  readonly choice: Choice;
  /** Cost against requests above capacity over the fitted part, cheapest first. */
  readonly front: readonly Planned[];
  readonly sensitivity: readonly Sensitivity[];
  /** The calendar day (UTC) with the most requests above capacity under the policy of now. */
  readonly worstDay: TracePart;
  /** Families that cannot be tried here. */
  readonly notTried: readonly { readonly family: string; readonly reason: string }[];
  readonly tried: number;
  readonly stoppedEarly: boolean;
}

/** Candidates that are judged under every condition: each costs as much again for each of them. */
const mostFinalists = 60;
/** Candidates of the front that are shown. */
const mostShown = 12;

/** Searches on the first part of a trace, chooses there, and judges on the rest. */
export async function planPolicies(options: PlanOptions): Promise<PolicyPlan> {
  const { subject, limits, fittedSeconds, evaluateAll } = options;
  const { trace, capacity } = subject;
  const totalSeconds = trace.requestsPerSecond.length * trace.stepSeconds;
  const fittedPart: TracePart = { fromSeconds: 0, toSeconds: fittedSeconds };
  const heldOutPart: TracePart = { fromSeconds: fittedSeconds, toSeconds: totalSeconds };
  const fitted = firstPart(subject, fittedSeconds);
  const load = fitted.trace.requestsPerSecond.map((requestsPerSecond, index) => ({
    seconds: index,
    requestsPerSecond,
  }));
  const space = geneSpace(fitted, {
    units: load.map((rate) => demandOf([rate], capacity.requestsPerSecond.value)[0]?.count ?? 0),
    maxUnits: limits.maxUnits,
  });
  const search = await searchPolicies({ ...options, space, part: fittedPart });
  const finalists = finalistsOf(search.fitted);

  const judgedUnder = async (
    genes: readonly (Genes | null)[],
    trials: readonly Omit<Job, 'genes'>[],
  ): Promise<readonly (readonly Outcome[])[]> => {
    const outcomes = await evaluateAll(
      genes.flatMap((each) => trials.map((trial) => ({ ...trial, genes: each }))),
    );
    return genes.map((_, index) =>
      outcomes.slice(index * trials.length, (index + 1) * trials.length).filter((one) => one !== null),
    );
  };
  const judged = (
    genes: readonly (Genes | null)[],
    part: TracePart,
    conditions: readonly Condition[],
  ): Promise<readonly (readonly Outcome[])[]> =>
    judgedUnder(
      genes,
      conditions.map((condition) => ({ part, condition })),
    );
  const [currentFitted = [], ...others] = await judgedUnder(
    [null, ...finalists.map(({ genes }) => genes)],
    [
      ...[asMeasured, ...otherConditions].map((condition) => ({ part: fittedPart, condition })),
      // A schedule fits the days that it was learnt of, whatever they were: it also has to hold on days that it has not seen.
      {
        part: { fromSeconds: fittedSeconds / 2, toSeconds: fittedSeconds },
        condition: asMeasured,
        learntSeconds: fittedSeconds / 2,
      },
    ],
  );
  const current = { genes: null, fitted: first(currentFitted) };
  const contenders = finalists.map(({ genes, outcome }, index) => ({
    name: { genes, fitted: outcome },
    outcomes: others[index] ?? [],
  }));
  const { name, choice } = recommend(contenders, currentFitted, limits);
  const recommended = name ?? current;
  const shown = thinned(
    apart(paretoFront(finalists, ({ outcome }) => objectives(outcome).slice(0, 2))),
    mostShown,
  ).map(({ genes, outcome }) => ({ genes, fitted: outcome }));

  const [heldOutCurrent = [], heldOutRecommended = []] = await judged(
    [current.genes, recommended.genes],
    heldOutPart,
    otherConditions,
  );
  const all = [current, recommended, ...shown];
  const heldOut = await judged(
    all.map(({ genes }) => genes),
    heldOutPart,
    [asMeasured],
  );
  const days = calendarDays(trace);
  const byDay = await evaluateAll(days.map((part) => ({ genes: null, part, condition: asMeasured })));
  const worstDay = busiest(days, byDay);
  const onWorstDay = await judged(
    all.map(({ genes }) => genes),
    worstDay,
    [asMeasured],
  );
  const [plannedCurrent, plannedRecommended, ...front] = all.map((each, index) => ({
    ...each,
    heldOut: first(heldOut[index] ?? []),
    worstDay: first(onWorstDay[index] ?? []),
  }));
  if (plannedCurrent === undefined || plannedRecommended === undefined)
    throw new Error('a plan without entries');
  return {
    current: plannedCurrent,
    recommended: plannedRecommended,
    choice,
    front,
    sensitivity: otherConditions.map((condition, index) => ({
      condition,
      current: first(heldOutCurrent.slice(index)),
      recommended: first(heldOutRecommended.slice(index)),
    })),
    worstDay,
    notTried: familyNames.flatMap((name) => {
      const reason = families[name].absence(fitted);
      return reason === null ? [] : [{ family: families[name].label, reason }];
    }),
    tried: search.tried,
    stoppedEarly: search.stoppedEarly,
  };
}

const daySeconds = 86_400;

/** Calendar days of a trace, in UTC; the first and the last may be parts of one. */
function calendarDays({ startedAt, requestsPerSecond, stepSeconds }: Trace): readonly TracePart[] {
  const totalSeconds = requestsPerSecond.length * stepSeconds;
  const intoDay = (startedAt.getTime() / 1000) % daySeconds;
  const days: TracePart[] = [];
  for (let fromSeconds = 0; fromSeconds < totalSeconds;) {
    const toSeconds = Math.min(totalSeconds, (days.length + 1) * daySeconds - intoDay);
    days.push({ fromSeconds, toSeconds });
    fromSeconds = toSeconds;
  }
  return days;
}

/** The day with the most requests above capacity; the first one where there are none. */
function busiest(days: readonly TracePart[], outcomes: readonly (Outcome | null)[]): TracePart {
  const above = outcomes.map((outcome) => outcome?.elasticity.aboveCapacity.requests ?? 0);
  const day = days[above.indexOf(Math.max(...above))];
  if (day === undefined) throw new RangeError('a trace without a step');
  return day;
}

/** Those that no other beats; of many the ones that are spread over the costs. */
const finalistsOf = (fitted: readonly Fitted[]): readonly Fitted[] =>
  thinned(
    paretoFront(fitted, ({ outcome }) => objectives(outcome)),
    mostFinalists,
  );

/** Without those that cost hardly more than the one before. */
function apart(front: readonly Fitted[]): readonly Fitted[] {
  const kept: Fitted[] = [];
  for (const one of front) {
    const before = kept.at(-1)?.outcome.computeUsdPerMonth ?? 0;
    if (one.outcome.computeUsdPerMonth > before * 1.01) kept.push(one);
  }
  return kept;
}

/** At most so many, evenly spread, with the first and the last. */
function thinned<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  const distance = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => items[Math.round(index * distance)]).filter(
    (item) => item !== undefined,
  );
}

function first(outcomes: readonly Outcome[]): Outcome {
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error('a policy that was judged has no outcome');
  return outcome;
}
