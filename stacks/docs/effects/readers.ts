import {
  type Environment,
  environmentAlarms,
  environmentWarnings,
  followedMetrics,
  listPrices,
  loadProfile,
  metricKey,
  metricReference,
} from '@tideline/config';
import { defaultCostAssumptions, estimate } from '@tideline/cost';
import { type LoadTrace, planScaling, randomFrom, simulate } from '@tideline/scaling';
import { readStacks } from './read-stacks.ts';
import type { ReaderName } from './effect.ts';

/** What a reader made of a description: texts by where they are found. */
export type Facts = ReadonlyMap<string, string>;

const random = randomFrom(7);
const hours = 8;

/** Load that wanders: it jumps, ramps and rests, so that policies act in both directions, and in each other’s cooldowns. */
const trace: LoadTrace = { stepSeconds: 60, requestsPerSecond: wander(400, 0).map((rate) => rate ?? 0) };
const tailSeconds = 2400;

/** Values of every custom metric, in its own unit; null is a missing datapoint. */
const customValues = wander(160, 0.5);

function wander(highest: number, missingShare: number): readonly (number | null)[] {
  let value = 0;
  let towards = 0;
  return Array.from({ length: hours * 60 }, () => {
    const dice = random();
    if (dice < 0.05) towards = highest * random();
    if (dice < 0.02) value = towards;
    value += (towards - value) / 5;
    return random() < missingShare ? null : Math.round(value);
  });
}

export const readers: Readonly<Record<ReaderName, (environment: Environment) => Facts>> = {
  terraform: readStacks,
  plan: (environment) => asOne('scaling plan', planScaling(environment)),
  alarms: (environment) => asOne('alarms', environmentAlarms(environment)),
  simulation: (environment) => asOne('simulation', simulated(environment)),
  cost: (environment) =>
    new Map(
      estimate(
        environment,
        { averageUnits: 2, requestsPerSecond: 40, hoursPerDay: 8, assumptions: defaultCostAssumptions },
        listPrices,
      ).lines.map(({ id, quantity, monthlyUsd }) => [id, `${quantity} ${monthlyUsd}`]),
    ),
  warnings: (environment) =>
    new Map(
      environmentWarnings(environment, profileOf(environment)).map(({ code, message }) => [code, message]),
    ),
};

const asOne = (name: string, facts: unknown): Facts => new Map([[name, JSON.stringify(facts)]]);

const profileOf = ({ load }: Environment) => loadProfile(load.profile);

function simulated(environment: Environment) {
  const series = followedMetrics(environment).flatMap(({ metric }) =>
    metricReference(metric, environment).metrics.map(
      (source) => [metricKey(source), { stepSeconds: 60, values: customValues }] as const,
    ),
  );
  return simulate(trace, environment, {
    loadStartsAtSeconds: 30,
    tailSeconds,
    customMetrics: Object.fromEntries(series),
  });
}
