/** When one user’s requests are due: at `originMs + (phase + i) x periodMs`, for i = 0, 1, 2, … */
export interface Pace {
  readonly originMs: number;
  /** Share of a period, in [0, 1), by which this user’s requests come after the origin. */
  readonly phase: number;
  readonly periodMs: number;
}

/**
 * The pace of one of `users` users who together ask `requestsPerSecond`.
 * Their slots lie 1/rate apart, exactly, once all have joined; the users who have joined by then are spread
 * over the period too (van der Corput sequence), so that a ramp does not bunch its requests.
 * A user numbered beyond `users` is on the way out of a larger stage and keeps the same frequency.
 */
export function paceOf(ask: {
  readonly user: number;
  readonly users: number;
  readonly requestsPerSecond: number;
  readonly originMs: number;
}): Pace {
  const { user, users, requestsPerSecond, originMs } = ask;
  return {
    originMs,
    phase: user < users ? spreadRank(user, users) / users : radicalInverse(user),
    periodMs: (users / requestsPerSecond) * 1000,
  };
}

/** The first slot that is not before `atMs`; Infinity at a rate of 0. */
export function slotFrom(pace: Pace, atMs: number): number {
  if (pace.periodMs === Infinity) return Infinity;
  const index = Math.ceil((atMs - pace.originMs) / pace.periodMs - pace.phase - rounding);
  return pace.originMs + (pace.phase + Math.max(0, index)) * pace.periodMs;
}

/** How many slots there are from the one at `firstSlotMs` on, ahead of `untilMs`. */
export const slotsAhead = (pace: Pace, firstSlotMs: number, untilMs: number): number =>
  pace.periodMs === Infinity ? 0 : Math.max(0, Math.ceil((untilMs - firstSlotMs) / pace.periodMs - rounding));

const rounding = 1e-9;

/** Rank of a user’s radical inverse among those of the first `users`: a permutation of 0 … users − 1. */
const spreadRank = (user: number, users: number): number => spreadRanks(users)[user] ?? 0;

/** All users of a stage ask for the same ranks, one after another. */
let latestRanks: readonly number[] = [];

function spreadRanks(users: number): readonly number[] {
  if (latestRanks.length === users) return latestRanks;
  const inverses = Array.from({ length: users }, (_, user) => ({ user, inverse: radicalInverse(user) }));
  const ranks = new Array<number>(users).fill(0);
  for (const [rank, { user }] of inverses.sort((left, right) => left.inverse - right.inverse).entries()) {
    ranks[user] = rank;
  }
  latestRanks = ranks;
  return ranks;
}

/** The binary digits of `index` mirrored at the point: 0, 1/2, 1/4, 3/4, 1/8, … (van der Corput, base 2). */
function radicalInverse(index: number): number {
  let [rest, digit, result] = [index, 0.5, 0];
  while (rest > 0) {
    if (rest % 2 === 1) result += digit;
    rest = Math.floor(rest / 2);
    digit /= 2;
  }
  return result;
}
