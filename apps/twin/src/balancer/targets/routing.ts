/** What routing needs to know of a target. */
export interface Routable {
  readonly requestsInFlight: number;
  /** Cloud time at which its slow start began; undefined when it takes its full share. */
  readonly slowStartedAt: number | undefined;
  /** Share of a normal target’s requests that it gets by weighted random, above 0 to 1. */
  readonly weight: number;
}

export interface RoutingContext {
  /** Cloud time, seconds. */
  readonly now: number;
  readonly slowStartSeconds: number;
}

/** Chooses a target for one request. */
export interface Router<T extends Routable> {
  choose(candidates: readonly T[], context: RoutingContext): T | undefined;
}

/**
 * Each target in turn. Targets in slow start take a share that grows linearly from nothing to a full one;
 * where every candidate is in slow start there is nobody to spare them, so they share evenly.
 */
export class RoundRobin<T extends Routable> implements Router<T> {
  #turn = 0;
  /** Smooth weighted round robin: what each target is owed. Used only while some target is in slow start. */
  readonly #credits = new WeakMap<T, number>();

  choose(candidates: readonly T[], context: RoutingContext): T | undefined {
    if (candidates.length === 0) return undefined;
    if (context.slowStartSeconds > 0 && isMixed(candidates, context))
      return this.#chooseByShare(candidates, context);
    this.#turn = (this.#turn + 1) % candidates.length;
    return candidates[this.#turn];
  }

  #chooseByShare(candidates: readonly T[], context: RoutingContext): T | undefined {
    let total = 0;
    let best: T | undefined;
    let bestCredit = -Infinity;
    for (const candidate of candidates) {
      const share = shareOf(candidate, context);
      const credit = (this.#credits.get(candidate) ?? 0) + share;
      this.#credits.set(candidate, credit);
      total += share;
      if (share > 0 && credit > bestCredit) {
        best = candidate;
        bestCredit = credit;
      }
    }
    if (best !== undefined) this.#credits.set(best, bestCredit - total);
    return best;
  }
}

/** The target with the fewest requests in flight; equal ones in turn. */
export class LeastOutstandingRequests<T extends Routable> implements Router<T> {
  #turn = 0;

  choose(candidates: readonly T[]): T | undefined {
    if (candidates.length === 0) return undefined;
    this.#turn = (this.#turn + 1) % candidates.length;
    let best: T | undefined;
    for (let step = 0; step < candidates.length; step++) {
      const candidate = candidates[(this.#turn + step) % candidates.length];
      if (candidate === undefined) continue;
      if (best === undefined || candidate.requestsInFlight < best.requestsInFlight) best = candidate;
    }
    return best;
  }
}

/** Share of a full target’s requests, 0 to 1. */
function shareOf(target: Routable, { now, slowStartSeconds }: RoutingContext): number {
  if (target.slowStartedAt === undefined) return 1;
  return Math.min(1, Math.max(0, (now - target.slowStartedAt) / slowStartSeconds));
}

function isMixed(candidates: readonly Routable[], context: RoutingContext): boolean {
  const full = candidates.filter((candidate) => shareOf(candidate, context) === 1).length;
  return full > 0 && full < candidates.length;
}
