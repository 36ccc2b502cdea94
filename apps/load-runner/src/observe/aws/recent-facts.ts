import type { AwsReads } from './reads/aws-reads.ts';
import { type FactsScope, type ScalingFacts, scalingFacts } from './scaling-facts.ts';
import type { ScalingListing } from './watched-capacity.ts';

/** Counts are asked for at every look; the rest, which changes once a minute, no more often than this. */
const periodMs = 15_000;

/** The latest facts, asked for again when they have grown old; two looks at once share one answer. */
export class RecentFacts {
  readonly #asking: { readonly reads: AwsReads; readonly watched: ScalingListing };
  #latest: { readonly askedMs: number; readonly answer: Promise<ScalingFacts> } | null = null;

  constructor(reads: AwsReads, watched: ScalingListing) {
    this.#asking = { reads, watched };
  }

  /** A failed answer is not kept. @throws ObserverError */
  async at(scope: FactsScope): Promise<ScalingFacts> {
    const { nowMs } = scope;
    if (this.#latest !== null && nowMs - this.#latest.askedMs < periodMs) return this.#latest.answer;
    const facts = { askedMs: nowMs, answer: scalingFacts(this.#asking, scope) };
    this.#latest = facts;
    try {
      return await facts.answer;
    } catch (error) {
      if (this.#latest === facts) this.#latest = null;
      throw error;
    }
  }
}
