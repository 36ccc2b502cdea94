/** A candidate as the figures that a search varies. Each family reads those that it knows. */
export interface Genes {
  readonly family: FamilyName;
  /** Share of what a unit carries at which its load is held, above 0 and below 1. */
  readonly utilisation: number;
  readonly scaleOutCooldownSeconds: number;
  readonly scaleInCooldownSeconds: number;
  /** Bounds of capacity, units. */
  readonly min: number;
  readonly max: number;
  /** Share of what a unit carries from which on a step adds units at once. */
  readonly stepUtilisation: number;
  /** Units that such a step adds, percent of those there are. */
  readonly stepPercent: number;
  /** Datapoints of one minute that have to be low before a step takes units away. */
  readonly lowPeriods: number;
  /** Share of past days, 0 to 1, whose need a schedule covers at each hour. */
  readonly scheduledQuantile: number;
}

/** Kinds of policy sets that a plan looks among. */
export type FamilyName = 'requests' | 'cpu' | 'response-time' | 'step' | 'requests-and-step' | 'scheduled';

/** Values that a search takes, ascending. The bounds of capacity follow from the trace. */
export const geneValues = {
  utilisation: [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95],
  scaleOutCooldownSeconds: [0, 30, 60, 120, 180, 300],
  scaleInCooldownSeconds: [0, 60, 120, 180, 300, 600, 900, 1800],
  stepUtilisation: [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2],
  stepPercent: [20, 34, 50, 75, 100, 150, 200],
  lowPeriods: [3, 5, 10, 15, 30],
  scheduledQuantile: [0.5, 0.65, 0.75, 0.85, 0.9, 0.95, 1],
} as const;

/** A figure with a list of values. */
export type FigureGene = keyof typeof geneValues;
