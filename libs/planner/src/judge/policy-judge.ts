import type { Environment, PriceTable } from '@tideline/config';
import { defaultCostAssumptions, estimate } from '@tideline/cost';
import { type CountFrom, demandOf, elasticity } from '@tideline/evidence';
import { type Simulation, type SimulationPoint, simulate } from '@tideline/scaling';
import type { Capacity } from '../capacity/capacity.ts';
import type { Trace } from '../traces/trace.ts';
import { traceRates } from '../traces/trace-rates.ts';
import type { Condition, Outcome, TracePart } from './outcome.ts';

/** What policies are judged on. */
export interface JudgeInput {
  readonly trace: Trace;
  readonly capacity: Capacity;
  readonly prices: PriceTable;
  /** Picks the start times of units in every simulation. */
  readonly seed: number;
}

type Load = readonly { readonly seconds: number; readonly requestsPerSecond: number }[];

/** A load with the demand that follows from it, worked out once for all policies. */
interface Demanded {
  readonly requestsPerSecond: readonly number[];
  readonly load: Load;
  readonly demand: readonly CountFrom[];
  readonly unitRequestsPerSecond: number;
}

/** Judges policies over one trace, by simulation. */
export class PolicyJudge {
  readonly #input: JudgeInput;
  readonly #demanded = new Map<string, Demanded>();

  constructor(input: JudgeInput) {
    this.#input = input;
  }

  /** The simulation from the start of the trace up to an instant, seconds. It begins with the units that its first step needs. */
  simulate(environment: Environment, toSeconds: number, condition: Condition): Simulation {
    const { trace, seed } = this.#input;
    const { stepSeconds, startedAt } = trace;
    const { demand, requestsPerSecond } = this.#demandedUnder(condition);
    const { min, max } = environment.capacity;
    const desired = Math.min(max, Math.max(min, demand[0]?.count ?? 0));
    return simulate(
      { stepSeconds, requestsPerSecond: requestsPerSecond.slice(0, Math.ceil(toSeconds / stepSeconds)) },
      { ...environment, capacity: { min, max, desired } },
      {
        startedAt,
        seed,
        loadStartsAtSeconds: condition.startSeconds,
        sampleEverySeconds: Infinity,
        ...this.#models(environment, condition),
      },
    );
  }

  /** What a policy comes to over a part of the trace; what it did before that part, it did. */
  judge(environment: Environment, part: TracePart, condition: Condition): Outcome {
    return this.outcomeOf(this.simulate(environment, part.toSeconds, condition), environment, {
      part,
      condition,
    });
  }

  /** The same for a simulation that there is. */
  outcomeOf(
    { points, decisions }: Simulation,
    environment: Environment,
    { part, condition }: { readonly part: TracePart; readonly condition: Condition },
  ): Outcome {
    const { load, demand, unitRequestsPerSecond } = this.#demandedUnder(condition);
    const fromSeconds = part.fromSeconds + condition.startSeconds;
    const toSeconds = part.toSeconds + condition.startSeconds;
    const supply = points.map(({ seconds, running }) => ({ seconds, count: running }));
    const span = { fromSeconds, toSeconds };
    const units = billed(points, span);
    const meanRate = meanOf(this.#input.trace, part) * condition.loadFactor;
    const { computeUsd, monthlyUsd } = estimate(
      environment,
      {
        averageUnits: units.average,
        requestsPerSecond: meanRate,
        hoursPerDay: 24,
        assumptions: defaultCostAssumptions,
      },
      this.#input.prices,
    );
    return {
      elasticity: elasticity({ ...span, load, demand, supply, unitRequestsPerSecond }),
      averageUnits: units.average,
      peakUnits: units.peak,
      scaleEvents: decisions.filter(
        ({ outcome, seconds }) => outcome === 'scaled' && seconds >= fromSeconds && seconds < toSeconds,
      ).length,
      computeUsdPerMonth: computeUsd,
      totalUsdPerMonth: monthlyUsd,
    };
  }

  #demandedUnder(condition: Condition): Demanded {
    const known = this.#demanded.get(condition.name);
    if (known !== undefined) return known;
    const { trace, capacity } = this.#input;
    const { capacityFactor, loadFactor, startSeconds } = condition;
    const requestsPerSecond =
      loadFactor === 1 ? trace.requestsPerSecond : trace.requestsPerSecond.map((rate) => rate * loadFactor);
    const load = requestsPerSecond.map((rate, index) => ({
      seconds: startSeconds + index * trace.stepSeconds,
      requestsPerSecond: rate,
    }));
    const unitRequestsPerSecond = capacity.requestsPerSecond.value * capacityFactor;
    const demand = demandOf(load, unitRequestsPerSecond);
    const demanded = { requestsPerSecond, load, unitRequestsPerSecond, demand };
    this.#demanded.set(condition.name, demanded);
    return demanded;
  }

  /** What was measured of a unit, in the words of the simulator. A unit that carries less needs more CPU time for a request. */
  #models({ container }: Environment, { capacityFactor }: Condition) {
    const { cpuMillisecondsPerRequest, idleCpuPercent, responseTimeMilliseconds } = this.#input.capacity;
    return {
      ...(cpuMillisecondsPerRequest === null
        ? {}
        : {
            overheadCpuMillisecondsPerRequest:
              cpuMillisecondsPerRequest / capacityFactor - container.cpuMillisecondsPerRequest,
          }),
      ...(idleCpuPercent === null ? {} : { idleCpuPercent }),
      ...(responseTimeMilliseconds === null ? {} : { responseTimeMilliseconds }),
    };
  }
}

/** Those that are on their way up are billed as those that run are. */
const unitsOf = ({ running, desired }: SimulationPoint): number => Math.max(running, desired);

function billed(points: readonly SimulationPoint[], { fromSeconds, toSeconds }: TracePart) {
  let unitSeconds = 0;
  let peak = 0;
  points.forEach((point, index) => {
    const from = Math.max(point.seconds, fromSeconds);
    const to = Math.min(points[index + 1]?.seconds ?? toSeconds, toSeconds);
    if (to <= from) return;
    unitSeconds += unitsOf(point) * (to - from);
    peak = Math.max(peak, unitsOf(point));
  });
  return { average: unitSeconds / (toSeconds - fromSeconds), peak };
}

function meanOf({ stepSeconds, requestsPerSecond }: Trace, { fromSeconds, toSeconds }: TracePart): number {
  const rates = requestsPerSecond.slice(
    Math.floor(fromSeconds / stepSeconds),
    Math.ceil(toSeconds / stepSeconds),
  );
  return traceRates({ requestsPerSecond: rates }).meanRequestsPerSecond;
}
