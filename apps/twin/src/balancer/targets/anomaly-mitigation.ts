import type { Clock, Timer } from '../../clock/clock.ts';

/** Anomalous targets are looked for so often (Application Load Balancer guide, “Automatic Target Weights”). */
const periodSeconds = 5;
/** Fewer healthy targets cannot be told apart (the same guide). */
const fewestTargets = 3;
/** Fewer requests of a target in a period say nothing about it: they are kept for the next one. */
const fewestRequests = 10;
/** Share of a normal target’s requests that an anomalous one goes on getting, and step in which it regains them. */
const lowestWeight = 0.1;
const recovery = 0.1;

/** What anomaly mitigation reads and sets of a target. */
export interface MitigatedTarget {
  /** Share of a normal target’s requests, above 0 to 1. */
  weight: number;
  /** Answers since the last reading, and those of them that are 5xx or never came. */
  readonly outcomes: { answers: number; errors: number };
}

/**
 * One reading: a target whose errors are so many percentage points above those of all the others gets the lowest weight; any
 * other one regains a step of its weight.
 */
export function mitigate(targets: readonly MitigatedTarget[], anomalyErrorPercent: number): void {
  const read = targets.filter(({ outcomes }) => outcomes.answers >= fewestRequests);
  const total = sum(read);
  for (const target of targets) {
    const { answers, errors } = target.outcomes;
    const others = { answers: total.answers - answers, errors: total.errors - errors };
    const canTell = targets.length >= fewestTargets && read.includes(target) && others.answers > 0;
    const excess = canTell ? (errors / answers - others.errors / others.answers) * 100 : 0;
    if (excess >= anomalyErrorPercent && canTell) target.weight = lowestWeight;
    else if (canTell || targets.length < fewestTargets) target.weight = Math.min(1, target.weight + recovery);
  }
  for (const { outcomes } of read) Object.assign(outcomes, { answers: 0, errors: 0 });
}

/** Targets that the latest reading found anomalous, and those that get fewer requests than others now: AnomalousHostCount and MitigatedHostCount. */
export interface HostAnomalies {
  readonly anomalous: number;
  readonly mitigated: number;
}

export const countAnomalies = (targets: readonly Pick<MitigatedTarget, 'weight'>[]): HostAnomalies => ({
  anomalous: targets.filter(({ weight }) => weight === lowestWeight).length,
  mitigated: targets.filter(({ weight }) => weight < 1).length,
});

function sum(targets: readonly MitigatedTarget[]): { readonly answers: number; readonly errors: number } {
  let answers = 0;
  let errors = 0;
  for (const { outcomes } of targets) {
    answers += outcomes.answers;
    errors += outcomes.errors;
  }
  return { answers, errors };
}

/** Reads the healthy targets every period until it is stopped. */
export class AnomalyMitigation {
  readonly #clock: Clock;
  readonly #read: () => void;
  #timer: Timer;

  constructor(clock: Clock, read: () => void) {
    this.#clock = clock;
    this.#read = read;
    this.#timer = this.#next();
  }

  stop(): void {
    this.#timer.cancel();
  }

  #next(): Timer {
    return this.#clock.at(this.#clock.now() + periodSeconds, () => {
      this.#read();
      this.#timer = this.#next();
    });
  }
}
