import type { Elasticity, RunRecord } from '@tideline/evidence';
import type { Better } from '@tideline/report';
import type { SimulationDocument } from '../simulate/simulation-document.ts';

interface Figure {
  readonly label: string;
  readonly unit: string;
  readonly better: Better;
  /** Undefined where a run does not say. */
  readonly ofRun: (record: RunRecord) => number | undefined;
  /** Undefined where a simulation does not say. */
  readonly ofSimulation: (document: SimulationDocument) => number | undefined;
}

/** A figure that both have, since both have an elasticity. */
const elastic = (
  label: string,
  shown: Pick<Figure, 'unit' | 'better'>,
  of: (elasticity: Elasticity) => number,
): Figure => ({
  label,
  ...shown,
  ofRun: ({ elasticity }) => (elasticity === undefined ? undefined : of(elasticity)),
  ofSimulation: ({ figures }) => of(figures.elasticity),
});

/** A figure of real requests. */
const measured = (
  label: string,
  shown: Pick<Figure, 'unit' | 'better'>,
  of: (record: RunRecord) => number | undefined,
): Figure => ({ label, ...shown, ofRun: of, ofSimulation: () => undefined });

const lower = 'lower' as const;
const percent = { unit: '%', better: lower };
const milliseconds = { unit: 'ms', better: lower };

/** What is compared, in the order in which it is shown: what clients got, what was short, what it cost. */
const figures = {
  failedPercent: measured('requests failed', percent, ({ load }) =>
    load.requests === 0 ? undefined : (load.failures.total / load.requests) * 100,
  ),
  p50Milliseconds: measured('latency p50', milliseconds, latency('p50')),
  p95Milliseconds: measured('latency p95', milliseconds, latency('p95')),
  p99Milliseconds: measured('latency p99', milliseconds, latency('p99')),
  requestsPerSecond: measured(
    'rate answered',
    { unit: 'requests/s', better: 'neither' },
    ({ load }) => load.requestsPerSecond,
  ),
  aboveCapacityPercent: elastic(
    'requests above capacity',
    percent,
    ({ aboveCapacity }) => aboveCapacity.percent,
  ),
  longestShortSeconds: elastic(
    'longest stretch above capacity',
    { unit: 's', better: lower },
    ({ aboveCapacity }) => aboveCapacity.longestSeconds,
  ),
  underTimePercent: elastic(
    'time with units short',
    percent,
    ({ underProvisioning }) => underProvisioning.timePercent,
  ),
  underAccuracyPercent: elastic(
    'short, share of demand',
    percent,
    ({ underProvisioning }) => underProvisioning.accuracyPercent,
  ),
  overTimePercent: elastic(
    'time with a surplus',
    percent,
    ({ overProvisioning }) => overProvisioning.timePercent,
  ),
  overAccuracyPercent: elastic(
    'surplus, share of demand',
    percent,
    ({ overProvisioning }) => overProvisioning.accuracyPercent,
  ),
  instabilityPercent: elastic('instability', percent, ({ instabilityPercent }) => instabilityPercent),
  jitterPerHour: elastic(
    'jitter',
    { unit: 'per hour', better: 'neither' },
    ({ jitterPerHour }) => jitterPerHour,
  ),
  meanUnits: elastic('units on average', { unit: '', better: lower }, ({ meanUnits }) => meanUnits.supply),
  unitHours: {
    label: 'unit-hours',
    unit: '',
    better: lower,
    ofRun: ({ elasticity }) =>
      elasticity === undefined ? undefined : elasticity.unitHours + elasticity.unitHoursAfterLoad,
    ofSimulation: (document) => document.figures.elasticity.unitHours,
  },
  peakUnits: {
    label: 'most units at once',
    unit: '',
    better: 'neither',
    ofRun: ({ observedBy, scaling }) => (observedBy === 'none' ? undefined : scaling.peakRunning),
    ofSimulation: (document) => document.figures.peakUnits,
  },
  costUsd: measured('cost of the units', { unit: 'USD', better: lower }, ({ elasticity }) =>
    elasticity?.unitHourUsd === undefined
      ? undefined
      : (elasticity.unitHours + elasticity.unitHoursAfterLoad) * elasticity.unitHourUsd,
  ),
  costUsdPerMonth: {
    label: 'cost of a month',
    unit: 'USD',
    better: lower,
    ofRun: () => undefined,
    ofSimulation: (document) => document.figures.cost.totalUsdPerMonth,
  },
} satisfies Readonly<Record<string, Figure>>;

/** Where nothing was answered the record holds zeros, which must not pass for fast. */
function latency(percentile: 'p50' | 'p95' | 'p99'): (record: RunRecord) => number | undefined {
  return ({ load: { latencyMs } }) => (latencyMs.max > 0 ? latencyMs[percentile] : undefined);
}

export type FigureId = keyof typeof figures;
export const allFigures: readonly (Figure & { readonly id: FigureId })[] = Object.entries<Figure>(
  figures,
).map(([id, figure]) => ({ ...figure, id: id as FigureId }));
