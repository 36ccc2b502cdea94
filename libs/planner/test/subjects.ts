import { type EnvironmentInput, listPrices, presetInput, resolveEnvironment } from '@tideline/config';
import { elasticity } from '@tideline/evidence';
import type { Capacity } from '../src/capacity/capacity.ts';
import type { PlanSubject } from '../src/families/family.ts';
import type { Genes } from '../src/families/genes.ts';
import type { Outcome } from '../src/judge/outcome.ts';
import { PolicyJudge } from '../src/judge/policy-judge.ts';
import type { Trace } from '../src/traces/trace.ts';

/** A capacity of so many requests per second, CPU and response time included. */
export const capacity = (requestsPerSecond: number, overrides: Partial<Capacity> = {}): Capacity => ({
  schemaVersion: 1,
  source: 'given',
  unit: 'task',
  requestsPerSecond: { value: requestsPerSecond, low: requestsPerSecond, high: requestsPerSecond },
  objective: null,
  cpuMillisecondsPerRequest: 5,
  idleCpuPercent: 1,
  cpuPercentAtCapacity: 70,
  responseTimeMilliseconds: 4,
  ...overrides,
});

export const trace = (requestsPerSecond: readonly number[], overrides: Partial<Trace> = {}): Trace => ({
  name: 'test',
  startedAt: new Date('2026-01-05T00:00:00Z'),
  stepSeconds: 60,
  requestsPerSecond,
  remarks: [],
  ...overrides,
});

export function subject(
  requestsPerSecond: readonly number[],
  input: Partial<EnvironmentInput> = {},
  overrides: Partial<PlanSubject> = {},
): PlanSubject {
  const environment = resolveEnvironment({ ...presetInput(input.preset ?? 'load-driven'), ...input });
  return { environment, capacity: capacity(25), trace: trace(requestsPerSecond), ...overrides };
}

export const judgeOf = (of: PlanSubject): PolicyJudge =>
  new PolicyJudge({ trace: of.trace, capacity: of.capacity, prices: listPrices, seed: 1 });

export const genes = (overrides: Partial<Genes> = {}): Genes => ({
  family: 'requests',
  utilisation: 0.8,
  scaleOutCooldownSeconds: 60,
  scaleInCooldownSeconds: 300,
  min: 1,
  max: 12,
  stepUtilisation: 0.9,
  stepPercent: 50,
  lowPeriods: 5,
  scheduledQuantile: 0.9,
  ...overrides,
});

const perfect = elasticity({
  ...{ fromSeconds: 0, toSeconds: 3600, unitRequestsPerSecond: 10 },
  ...{ load: [], demand: [], supply: [] },
});

/** An outcome by its cost, requests above capacity and time with too few units, both percent. */
export const outcome = (usd: number, above: number, short: number): Outcome => ({
  elasticity: {
    ...perfect,
    aboveCapacity: { ...perfect.aboveCapacity, percent: above },
    underProvisioning: { ...perfect.underProvisioning, timePercent: short },
  },
  ...{ averageUnits: 1, peakUnits: 1, scaleEvents: 0 },
  ...{ computeUsdPerMonth: usd, totalUsdPerMonth: usd },
});
