import type { LoadTally } from './load-tally.ts';

/** Busy share of the event loop from which the generator is at its limit: what is left goes to garbage and the kernel. */
const saturated = 0.9;
/** Share of requests that may go out late by the generator’s own doing. */
const tolerableLate = 0.05;

/** How well the generator itself kept up with the rate that was asked. */
export interface GeneratorHealth {
  /** The generator, not the target, kept the rate below what was asked. Never so in a closed loop, which asks for none. */
  readonly limited: boolean;
  /** Its own lag shows in the figures though the rate was kept, or, in a closed loop, its own speed is what was measured. */
  readonly strained: boolean;
}

/**
 * Separates a slow generator from a slow target. A rate that was not reached is the generator’s doing when its event loop
 * was busy nearly all the time, or when it sent late though users were free; else the target held the users up.
 *
 * @param load.busyShare event-loop utilisation over the load, 0 to 1.
 * @param load.minRateFraction share of the asked rate that counts as reached.
 */
export function generatorHealth(load: {
  readonly tally: Pick<LoadTally, 'sent' | 'unsent' | 'late'>;
  readonly busyShare: number;
  readonly minRateFraction: number;
  readonly closedLoop: boolean;
}): GeneratorHealth {
  const { sent, unsent, late } = load.tally;
  const overloaded = load.busyShare >= saturated || late > sent * tolerableLate;
  const missed = !load.closedLoop && sent < (sent + unsent) * load.minRateFraction;
  return { limited: missed && overloaded, strained: overloaded && !missed };
}
