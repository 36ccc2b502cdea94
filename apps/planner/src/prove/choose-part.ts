import type { Trace } from '@tideline/planner';

/** A stretch of a trace, in its steps. */
export interface Stretch {
  readonly fromStep: number;
  readonly steps: number;
}

/** Moves of the desired count that are predicted for a stretch. */
export interface PredictedMoves {
  readonly scaleOuts: number;
  readonly scaleIns: number;
}

export interface ChosenPart extends Stretch, PredictedMoves {
  /**
   * How far its demand is from that of the whole stretch: half the sum of the differences between the shares of time at each
   * number of units (total variation), percent. 0: the same; 100: nothing in common.
   */
  readonly distancePercent: number;
}

export interface PartChoice {
  readonly trace: Pick<Trace, 'stepSeconds' | 'requestsPerSecond'>;
  /** What is to be represented: the part that was held out. */
  readonly of: Stretch;
  /** What one unit carries, requests per second. */
  readonly unitRequestsPerSecond: number;
  /** Lengths to try, seconds, the shortest first: a longer one is taken only where a shorter part holds not both moves. */
  readonly lengthsSeconds: readonly number[];
  readonly movesIn: (stretch: Stretch) => PredictedMoves;
}

/** Parts that are looked at are at least this many of their steps long: one alone has no change. */
const leastSteps = 2;
/** Starts that are tried for each length, evenly spread. */
const mostStarts = 500;

/**
 * The part whose demand is distributed most like that of the whole, among those for which at least one scale-out and one
 * scale-in are predicted; of equal ones the first. Where no part has both moves one with either is taken, else any.
 * @throws RangeError where there are fewer than two steps
 */
export function choosePart(choice: PartChoice): ChosenPart {
  const { trace, of, lengthsSeconds } = choice;
  if (of.steps < leastSteps) throw new RangeError(`a part takes ${leastSteps} steps; got ${of.steps}`);
  const lengths = lengthsSeconds.map((seconds) =>
    Math.min(of.steps, Math.max(leastSteps, Math.round(seconds / trace.stepSeconds))),
  );
  let best: ChosenPart | null = null;
  for (const steps of new Set(lengths)) {
    const found = bestOf(choice, steps);
    if (best === null || kindsOf(found) > kindsOf(best)) best = found;
    if (kindsOf(best) === 2) break;
  }
  if (best === null) throw new RangeError('a part takes a length; got none');
  return best;
}

/** Kinds of moves: out, in. */
export const kindsOf = ({ scaleOuts, scaleIns }: PredictedMoves): number =>
  Math.sign(scaleOuts) + Math.sign(scaleIns);

function bestOf(choice: PartChoice, steps: number): ChosenPart {
  const { trace, of, unitRequestsPerSecond } = choice;
  const demand = trace.requestsPerSecond.map((rate) => Math.ceil(rate / unitRequestsPerSecond - 1e-9));
  const whole = countsIn(demand, of);
  const last = of.fromStep + of.steps - steps;
  const every = Math.max(1, Math.ceil((last - of.fromStep + 1) / mostStarts));
  const starts = Array.from(
    { length: Math.floor((last - of.fromStep) / every) + 1 },
    (_, index) => of.fromStep + index * every,
  );
  const near = starts
    .map((fromStep) => {
      const stretch = { fromStep, steps };
      return { ...stretch, distancePercent: distance(countsIn(demand, stretch), steps, { whole, of }) };
    })
    .sort((one, other) => one.distancePercent - other.distancePercent || one.fromStep - other.fromStep);
  let best: ChosenPart | null = null;
  for (const stretch of near) {
    const part = { ...stretch, ...choice.movesIn(stretch) };
    if (best === null || kindsOf(part) > kindsOf(best)) best = part;
    if (kindsOf(best) === 2) break;
  }
  if (best === null) throw new RangeError('a stretch has a start');
  return best;
}

/** Steps at each number of units. */
type Counts = ReadonlyMap<number, number>;

function countsIn(demand: readonly number[], { fromStep, steps }: Stretch): Counts {
  const counts = new Map<number, number>();
  for (const units of demand.slice(fromStep, fromStep + steps))
    counts.set(units, (counts.get(units) ?? 0) + 1);
  return counts;
}

function distance(
  part: Counts,
  steps: number,
  { whole, of }: { readonly whole: Counts; readonly of: Stretch },
): number {
  const units = new Set([...part.keys(), ...whole.keys()]);
  const differences = [...units].map((count) =>
    Math.abs((part.get(count) ?? 0) / steps - (whole.get(count) ?? 0) / of.steps),
  );
  return 50 * differences.reduce((sum, one) => sum + one, 0);
}
