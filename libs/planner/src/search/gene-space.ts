import { families, familyNames } from '../families/families.ts';
import type { PlanSubject } from '../families/family.ts';
import { type FamilyName, type FigureGene, type Genes, geneValues } from '../families/genes.ts';

/** Bounds within which a search looks. */
export interface GeneSpace {
  readonly families: readonly FamilyName[];
  /** Minimums of capacity, ascending. */
  readonly minimums: readonly number[];
  /** Maximums of capacity, ascending. */
  readonly maximums: readonly number[];
}

/** What the demand of a trace leaves worth trying. */
export interface DemandRange {
  /** Units needed at each step of the trace, in any order. */
  readonly units: readonly number[];
  /** Most units that may run; null where the user sets no limit. */
  readonly maxUnits: number | null;
}

/** Families that can be tried, and the bounds of capacity that the demand suggests. */
export function geneSpace(subject: PlanSubject, { units, maxUnits }: DemandRange): GeneSpace {
  const sorted = [...units].sort((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const most = Math.min(maxUnits ?? 5000, 5000);
  const peak = Math.max(1, quantile(1));
  const within = (counts: readonly number[], least: number): readonly number[] =>
    [...new Set(counts.map((count) => Math.min(most, Math.max(least, Math.ceil(count)))))].sort(
      (a, b) => a - b,
    );
  return {
    families: familyNames.filter((name) => families[name].absence(subject) === null),
    minimums: within([1, 2, 3, 4, 5, 6, ...[0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99].map(quantile)], 1),
    maximums: within(
      [1, 1.15, 1.3, 1.5, 2].map((factor) => peak * factor),
      1,
    ),
  };
}

const pick = <Value>(values: readonly Value[], random: () => number): Value => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('a gene without values');
  return value;
};

const figures = Object.keys(geneValues) as readonly FigureGene[];

/** Any candidate of a family. */
export function randomGenes(family: FamilyName, space: GeneSpace, random: () => number): Genes {
  const drawn = Object.fromEntries(figures.map((name) => [name, pick(geneValues[name], random)]));
  const min = pick(space.minimums, random);
  return {
    ...(drawn as Omit<Genes, 'family' | 'min' | 'max'>),
    family,
    ...bounds(min, pick(space.maximums, random)),
  };
}

const bounds = (min: number, max: number) => ({ min, max: Math.max(min, max) });

/** A neighbour of one or two candidates of a family: each figure from either, one or two of them moved by a place or two. */
export function bredGenes(
  [first, second]: readonly [Genes, Genes],
  space: GeneSpace,
  random: () => number,
): Genes {
  const mixed = { ...first };
  if (first.family === second.family)
    for (const name of [...figures, 'min', 'max'] as const) if (random() < 0.5) mixed[name] = second[name];
  const movable = [...families[first.family].reads, 'min', 'max'] as const;
  for (let moves = random() < 0.5 ? 1 : 2; moves > 0; moves -= 1) {
    const name = pick(movable, random);
    const values: readonly number[] =
      name === 'min' ? space.minimums : name === 'max' ? space.maximums : geneValues[name];
    const place = values.findIndex((value) => value >= mixed[name]);
    const step = (random() < 0.7 ? 1 : 2) * (random() < 0.5 ? -1 : 1);
    mixed[name] = values[Math.min(values.length - 1, Math.max(0, place + step))] ?? mixed[name];
  }
  return { ...mixed, ...bounds(mixed.min, mixed.max) };
}

/** Equal for candidates that come to the same settings. */
export function genesKey(genes: Genes): string {
  const read = families[genes.family].reads.map((name) => genes[name]);
  return [genes.family, genes.min, genes.max, ...read].join(' ');
}
