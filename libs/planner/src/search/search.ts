import { randomFrom } from '@tideline/scaling';
import type { Genes } from '../families/genes.ts';
import { type Outcome, type TracePart, asMeasured } from '../judge/outcome.ts';
import type { EvaluateAll } from './evaluate.ts';
import { type GeneSpace, bredGenes, genesKey, randomGenes } from './gene-space.ts';
import { paretoFront } from './pareto.ts';

/** A candidate with what it came to over the part that is fitted. */
export interface Fitted {
  readonly genes: Genes;
  readonly outcome: Outcome;
}

export interface SearchOptions {
  readonly space: GeneSpace;
  readonly part: TracePart;
  readonly seed: number;
  /** Most candidates to try. */
  readonly candidates: number;
  readonly evaluateAll: EvaluateAll;
  /** True once no further candidates may be tried. */
  readonly isOver: () => boolean;
  readonly onProgress: (tried: number) => void;
}

export interface SearchResult {
  /** Every candidate that the description takes, in the order of trying. */
  readonly fitted: readonly Fitted[];
  readonly tried: number;
  /** The time was over before all candidates were tried. */
  readonly stoppedEarly: boolean;
}

/** Candidates that are tried at once; the same number on every machine, or the search would differ. */
const batchSize = 48;
/** Share of the candidates that is drawn at random before the best are bred. */
const randomShare = 0.4;

/** What a search makes as small as it can: cost, requests above capacity, time with too few units. */
export const objectives = ({ computeUsdPerMonth, elasticity }: Outcome): readonly number[] => [
  computeUsdPerMonth,
  elasticity.aboveCapacity.percent,
  elasticity.underProvisioning.timePercent,
];

/**
 * Looks for policies that no other beats on all objectives: candidates at random, evenly over the families, then neighbours of the
 * best so far. The same seed gives the same candidates, unless the time ends the search.
 */
export async function searchPolicies(options: SearchOptions): Promise<SearchResult> {
  const { space, part, seed, candidates, evaluateAll, isOver, onProgress } = options;
  const random = randomFrom(seed);
  const seen = new Set<string>();
  const fitted: Fitted[] = [];
  let tried = 0;
  while (tried < candidates && !isOver()) {
    const size = Math.min(batchSize, candidates - tried);
    const parents =
      tried < candidates * randomShare ? [] : paretoFront(fitted, ({ outcome }) => objectives(outcome));
    const batch = drawBatch(size, { parents, space, random, seen });
    if (batch.length === 0) break;
    const outcomes = await evaluateAll(batch.map((genes) => ({ genes, part, condition: asMeasured })));
    batch.forEach((genes, index) => {
      const outcome = outcomes[index];
      if (outcome) fitted.push({ genes, outcome });
    });
    tried += batch.length;
    onProgress(tried);
  }
  return { fitted, tried, stoppedEarly: tried < candidates && isOver() };
}

interface Draw {
  /** None: candidates are drawn at random. */
  readonly parents: readonly Fitted[];
  readonly space: GeneSpace;
  readonly random: () => number;
  readonly seen: Set<string>;
}

/** Candidates that were not tried yet; fewer where hardly any are left. */
function drawBatch(size: number, { parents, space, random, seen }: Draw): readonly Genes[] {
  const batch: Genes[] = [];
  for (let draws = 0; batch.length < size && draws < size * 20; draws += 1) {
    const genes =
      parents.length === 0
        ? randomGenes(place(space.families, draws), space, random)
        : bredGenes([chosen(parents, random), chosen(parents, random)], space, random);
    const key = genesKey(genes);
    if (seen.has(key)) continue;
    seen.add(key);
    batch.push(genes);
  }
  return batch;
}

const chosen = (parents: readonly Fitted[], random: () => number): Genes =>
  place(parents, Math.floor(random() * parents.length)).genes;

function place<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('a search needs at least one family');
  return item;
}
