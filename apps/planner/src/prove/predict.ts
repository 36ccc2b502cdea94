import type { Environment } from '@tideline/config';
import {
  type CountFrom,
  type Elasticity,
  type RunRecord,
  demandOf,
  elasticity,
  measuredModels,
  minuteRates,
} from '@tideline/evidence';
import { estimate, defaultCostAssumptions } from '@tideline/cost';
import { listPrices } from '@tideline/config';
import { simulate } from '@tideline/scaling';
import { type Course, agreementBounds, unitSeconds } from './agreement.ts';
import type { DrivenTraffic } from './drive-at.ts';

/** What one side came to over the load. */
export interface SideFigures {
  readonly elasticity: Elasticity;
  readonly averageUnits: number;
  readonly peakUnits: number;
  /** Moves of the desired count. */
  readonly scaleEvents: number;
  /** List price of what runs the service for a month at that average, and of everything around it, USD. */
  readonly cost: { readonly computeUsdPerMonth: number; readonly totalUsdPerMonth: number };
}

/** The rate of each cloud minute from the start of the load on. */
type Rates = ReturnType<typeof minuteRates>;

export interface Side {
  readonly course: Course;
  readonly rates: Rates;
}

/** Starts with the same count as the twin, at the same place in a metric period, with the models that the run measured. */
export function predictedSide(
  { environment, trace }: Pick<DrivenTraffic, 'environment' | 'trace'>,
  {
    record,
    seed,
  }: {
    readonly record: Pick<RunRecord, 'load' | 'scaling' | 'environment' | 'speed'>;
    readonly seed: number;
  },
): Side {
  const loadStartsAtSeconds = record.load.fromCloudSeconds;
  const { points, decisions } = simulate(trace, environment, {
    loadStartsAtSeconds,
    seed,
    tailSeconds: agreementBounds.mostDecisionSeconds,
    sampleEverySeconds: Infinity,
    ...measuredModels(record),
  });
  const loadSeconds = trace.requestsPerSecond.length * trace.stepSeconds;
  return {
    course: {
      running: points.map(({ seconds, running }) => ({
        seconds: seconds - loadStartsAtSeconds,
        count: running,
      })),
      moves: decisions
        .filter(({ outcome, seconds }) => outcome === 'scaled' && seconds >= loadStartsAtSeconds)
        .map(({ seconds, from, to, policy }) => ({
          seconds: seconds - loadStartsAtSeconds,
          from,
          to,
          policy,
        })),
    },
    rates: minuteRates({
      fromCloudSeconds: 0,
      toCloudSeconds: loadSeconds,
      series: trace.requestsPerSecond.map((requestsPerSecond, step) => ({
        cloudSeconds: step * trace.stepSeconds,
        requestsPerSecond,
      })),
    }),
  };
}

/** What the record of the twin says. */
export function measuredSide({ load, scaling }: Pick<RunRecord, 'load' | 'scaling'>): Side {
  const start = load.fromCloudSeconds;
  const latest = load.toCloudSeconds + agreementBounds.mostDecisionSeconds;
  return {
    course: {
      running: scaling.timeline
        .toSorted((one, other) => one.cloudSeconds - other.cloudSeconds)
        .map(({ cloudSeconds, running }) => ({ seconds: cloudSeconds - start, count: running })),
      moves: scaling.activities
        .filter(
          ({ cloudSeconds, from, to, status }) =>
            from !== to && status !== 'NotScaled' && cloudSeconds >= start && cloudSeconds <= latest,
        )
        .toSorted((one, other) => one.cloudSeconds - other.cloudSeconds)
        .map(({ cloudSeconds, from, to, policy }) => ({ seconds: cloudSeconds - start, from, to, policy })),
    },
    rates: minuteRates(load).map(({ seconds, requestsPerSecond }) => ({
      seconds: seconds - start,
      requestsPerSecond,
    })),
  };
}

/** @param driven as it was driven: with the factor of its rates */
export function figuresOf(
  { course, rates }: Side,
  environment: Environment,
  {
    capacity,
    factor,
    loadSeconds,
  }: Pick<DrivenTraffic, 'capacity' | 'factor'> & { readonly loadSeconds: number },
): SideFigures {
  const { running, moves } = course;
  const unitRequestsPerSecond = capacity.requestsPerSecond.value;
  const averageUnits = unitSeconds(running, 0, loadSeconds) / loadSeconds;
  const mean =
    rates.reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0) / Math.max(1, rates.length);
  const { computeUsd, monthlyUsd } = estimate(
    environment,
    {
      averageUnits,
      requestsPerSecond: mean / factor,
      hoursPerDay: 24,
      assumptions: defaultCostAssumptions,
    },
    listPrices,
  );
  return {
    elasticity: elasticity({
      fromSeconds: 0,
      toSeconds: loadSeconds,
      load: rates,
      demand: demandOf(rates, unitRequestsPerSecond),
      supply: running,
      unitRequestsPerSecond,
    }),
    averageUnits,
    peakUnits: peakOf(running, loadSeconds),
    scaleEvents: moves.filter(({ seconds }) => seconds < loadSeconds).length,
    cost: { computeUsdPerMonth: computeUsd, totalUsdPerMonth: monthlyUsd },
  };
}

const peakOf = (running: readonly CountFrom[], loadSeconds: number): number =>
  running.reduce(
    (most, { seconds, count }, index) =>
      seconds < loadSeconds && (running[index + 1]?.seconds ?? Infinity) > 0 ? Math.max(most, count) : most,
    0,
  );
