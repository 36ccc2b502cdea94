import * as z from 'zod';
import { Movements } from './movements.ts';
import { StepReader } from './step-reader.ts';

/** A count that holds from an instant on, until the next one; before the first it is 0. */
export interface CountFrom {
  readonly seconds: number;
  readonly count: number;
}

/** A rate of requests that holds from an instant on, until the next one; before the first it is 0. */
export interface RateFrom {
  readonly seconds: number;
  readonly requestsPerSecond: number;
}

/** Lists are in order of time; of two entries at one instant the later one holds. */
export interface ElasticityInput {
  /** Begin of the time that is judged. */
  readonly fromSeconds: number;
  /** Its end, after the begin. */
  readonly toSeconds: number;
  /** The least units that hold the objective: `demandOf`. */
  readonly demand: readonly CountFrom[];
  /** Units that really serve: running, healthy and warm. */
  readonly supply: readonly CountFrom[];
  readonly load: readonly RateFrom[];
  /** Rate that one unit carries at the objective, requests per second, above 0. */
  readonly unitRequestsPerSecond: number;
  /** Distance of the samples by which instability is judged, seconds. @default 60, the period of AWS’s metrics */
  readonly instabilityStepSeconds?: number;
}

const share = z.number().min(0);
const provisioningSchema = z.object({
  accuracyPercent: share.describe('Units missing or superfluous in per cent of the demand, on average.'),
  meanUnits: share.describe('Units missing or superfluous, on average over the time.'),
  timePercent: share.describe('Share of the time with too few or too many units.'),
  unitSeconds: share.describe('Units times seconds missing or superfluous.'),
});

/** What `elasticity` works out: fields of `Elasticity`, with the inputs of its formulas. */
export const elasticitySchema = z.object({
  fromSeconds: z.number(),
  toSeconds: z.number(),
  unitRequestsPerSecond: z.number().positive().describe('Rate that one unit carries at the objective.'),
  instabilityStepSeconds: z.number().positive(),
  underProvisioning: provisioningSchema,
  overProvisioning: provisioningSchema,
  instabilityPercent: share.describe(
    'Share of the time in which supply and demand did not move in the same direction.',
  ),
  jitterPerHour: z
    .number()
    .describe('Adaptations of the supply less those of the demand: above 0 restless, below 0 inert.'),
  adaptationsPerHour: z.object({ supply: share, demand: share }),
  meanUnits: z.object({ supply: share, demand: share }),
  unitHours: share.describe('Units supplied times hours.'),
  requests: share.describe('Requests of the load within the time.'),
  aboveCapacity: z
    .object({ requests: share, percent: share, longestSeconds: share })
    .describe('Requests that arrived above what the supply carries, and the longest stretch of such time.'),
});
export type Elasticity = z.infer<typeof elasticitySchema>;

/** Rounding of a rate over a capacity must not ask for one unit more. */
const tolerance = 1e-9;
const secondsPerHour = 3600;
const defaultInstabilityStepSeconds = 60;

/**
 * The least units that hold the objective at each moment: ⌈rate / capacity of a unit⌉, 0 without load.
 * Successive equal counts are one entry.
 * @param unitRequestsPerSecond what one unit carries, above 0
 * @throws RangeError
 */
export function demandOf(load: readonly RateFrom[], unitRequestsPerSecond: number): CountFrom[] {
  requirePositive('unitRequestsPerSecond', unitRequestsPerSecond);
  const demand: CountFrom[] = [];
  let last = 0;
  for (const { seconds, requestsPerSecond } of load) {
    const count = Math.max(0, Math.ceil(requestsPerSecond / unitRequestsPerSecond - tolerance));
    if (count !== last || demand.length === 0) demand.push({ seconds, count });
    last = count;
  }
  return demand;
}

/**
 * How well the supply s followed the demand d over a time T, by the measures of the SPEC Research Group: N. Herbst et al., “Ready for
 * Rain? A View from SPEC Research on the Future of Cloud Metrics”, technical report SPEC-RG-2016-01, its section on elasticity.
 *
 * - Accuracy, not normalised (`meanUnits`): 1/T · ∫ max(d − s, 0) dt for under-, 1/T · ∫ max(s − d, 0) dt for over-provisioning.
 * - Accuracy, normalised (`accuracyPercent`): 100/T · ∫ max(d − s, 0) / max(d, 1) dt, and the same with max(s − d, 0). The report
 *   divides by d, which has no value where nothing is asked for (d = 0). N. Herbst et al., “Quantifying Cloud Performance and
 *   Dependability”, ACM ToMPECS 3(4), 2018, divides by max(d, ε) with ε = 1, as here: units that stand idle count in whole.
 * - Time share (`timePercent`): 100/T · time with s < d, and with s > d.
 * - Instability: 100/T · Σ min(|sgn Δs − sgn Δd|, 1) Δt over samples Δt apart. Between samples only the change in all counts. It
 *   depends on Δt, so compare values of one Δt.
 * - Jitter: (adaptations of s − adaptations of d) / T, per hour. An adaptation is an instant at which the count changes.
 *
 * Beside them, which the report does not define: requests above capacity, ∫ max(load − s · capacity of a unit, 0) dt.
 * Time is linear in the number of entries.
 * @throws RangeError for an empty time, a capacity that is not above 0, a negative count or rate, or entries out of order.
 */
export function elasticity(input: ElasticityInput): Elasticity {
  requireSound(input);
  const { fromSeconds, toSeconds, unitRequestsPerSecond } = input;
  const stepSeconds = input.instabilityStepSeconds ?? defaultInstabilityStepSeconds;
  const movements = new Movements({ fromSeconds, toSeconds, stepSeconds });
  const demand = StepReader.of(input.demand, ({ count }) => count);
  const supply = StepReader.of(input.supply, ({ count }) => count);
  const load = StepReader.of(input.load, (point) => point.requestsPerSecond);
  const readers = [demand, supply, load];
  for (const reader of readers) reader.advanceTo(fromSeconds);

  const under = { units: 0, relative: 0, seconds: 0 };
  const over = { units: 0, relative: 0, seconds: 0 };
  const above = { requests: 0, stretch: 0, longest: 0 };
  const area = { demand: 0, supply: 0, requests: 0 };
  let now = fromSeconds;
  while (now < toSeconds) {
    const next = Math.min(toSeconds, demand.nextSeconds, supply.nextSeconds, load.nextSeconds);
    const duration = next - now;
    const gap = demand.value - supply.value;
    if (gap !== 0) {
      const side = gap > 0 ? under : over;
      side.units += Math.abs(gap) * duration;
      side.relative += (Math.abs(gap) / Math.max(demand.value, 1)) * duration;
      side.seconds += duration;
    }
    area.demand += demand.value * duration;
    area.supply += supply.value * duration;
    area.requests += load.value * duration;
    const excessUnits = load.value / unitRequestsPerSecond - supply.value;
    above.requests += excessUnits > tolerance ? excessUnits * unitRequestsPerSecond * duration : 0;
    above.stretch = excessUnits > tolerance ? above.stretch + duration : 0;
    above.longest = Math.max(above.longest, above.stretch);
    now = next;
    if (now < toSeconds) {
      load.advanceTo(now);
      movements.moved(now, supply.advanceTo(now), demand.advanceTo(now));
    }
  }

  const total = toSeconds - fromSeconds;
  const hours = total / secondsPerHour;
  const provisioning = (side: typeof under): Elasticity['underProvisioning'] => ({
    accuracyPercent: (side.relative / total) * 100,
    meanUnits: side.units / total,
    timePercent: (side.seconds / total) * 100,
    unitSeconds: side.units,
  });
  const { adaptations, unstableSeconds } = movements.finish();
  return {
    fromSeconds,
    toSeconds,
    unitRequestsPerSecond,
    instabilityStepSeconds: stepSeconds,
    underProvisioning: provisioning(under),
    overProvisioning: provisioning(over),
    instabilityPercent: (unstableSeconds / total) * 100,
    jitterPerHour: (adaptations.supply - adaptations.demand) / hours,
    adaptationsPerHour: { supply: adaptations.supply / hours, demand: adaptations.demand / hours },
    meanUnits: { supply: area.supply / total, demand: area.demand / total },
    unitHours: area.supply / secondsPerHour,
    requests: area.requests,
    aboveCapacity: {
      requests: above.requests,
      percent: area.requests > 0 ? (above.requests / area.requests) * 100 : 0,
      longestSeconds: above.longest,
    },
  };
}

function requireSound(input: ElasticityInput): void {
  requirePositive('unitRequestsPerSecond', input.unitRequestsPerSecond);
  requirePositive('instabilityStepSeconds', input.instabilityStepSeconds ?? defaultInstabilityStepSeconds);
  const { fromSeconds, toSeconds } = input;
  if (!Number.isFinite(fromSeconds) || !Number.isFinite(toSeconds) || toSeconds <= fromSeconds)
    throw new RangeError(
      `elasticity: got a time from ${fromSeconds} to ${toSeconds} s; its end must be after its begin, both finite`,
    );
}

function requirePositive(name: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw new RangeError(`${name}: got ${value}; allowed is a finite number above 0`);
}
