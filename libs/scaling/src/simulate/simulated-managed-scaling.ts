import { type Compute, type Environment, reservationPeriodSeconds } from '@tideline/config';
import { breaches } from '../alarms/alarm.ts';
import { evaluateScaling } from '../evaluate/evaluate-scaling.ts';
import { nextEvaluationSeconds } from '../evaluate/evaluation-time.ts';
import { type ScalingState, initialScalingState } from '../evaluate/scaling-state.ts';
import {
  type Occupation,
  capacityReservationPercent,
  instancesNeeded,
} from '../plan/capacity-reservation.ts';
import { planManagedScaling } from '../plan/plan-managed-scaling.ts';
import type { ScalingPlan } from '../plan/plan.ts';
import { DatapointHistory } from './datapoint-history.ts';

/** The simulated instances as managed scaling sees them. */
interface Observed extends Occupation {
  readonly desired: number;
  readonly warming: number;
}

/** Datapoints beyond the alarms’ range that may be on their way: `assumptions.metricLagSeconds` is at most ten minutes. */
const spareDatapoints = 12;

/** Managed scaling of a simulated capacity provider: publishes its metric each minute, and says how many instances there are to be. */
export class SimulatedManagedScaling {
  readonly #compute: Compute<'ecs-ec2'>;
  readonly #plan: ScalingPlan;
  readonly #history: DatapointHistory;
  #state: ScalingState;
  #nextEndSeconds = reservationPeriodSeconds;
  #nextEvaluation: number;
  readonly #keptDatapoints: number;
  /** Datapoints that must be harmless in a row until every alarm is certain to be OK, and an evaluation to change nothing. */
  #unrest: number;

  constructor(environment: Environment, compute: Compute<'ecs-ec2'>) {
    this.#compute = compute;
    this.#plan = planManagedScaling(environment, compute);
    this.#state = initialScalingState(this.#plan);
    this.#nextEvaluation = nextEvaluationSeconds(this.#plan, -1);
    const ranges = this.#plan.alarms.map(({ rangeDatapoints }) => rangeDatapoints);
    this.#keptDatapoints = Math.max(...ranges) + spareDatapoints;
    this.#unrest = this.#keptDatapoints;
    this.#history = new DatapointHistory(this.#keptDatapoints);
  }

  get nextSeconds(): number {
    return Math.min(this.#nextEndSeconds, this.#nextEvaluation);
  }

  /** The instances that there are to be from now on. */
  follow(nowSeconds: number, observed: Observed): number {
    if (this.#nextEndSeconds <= nowSeconds) this.#publish(observed);
    if (this.#nextEvaluation > nowSeconds) return observed.desired;
    this.#nextEvaluation = nextEvaluationSeconds(this.#plan, nowSeconds);
    if (this.#unrest === 0) return observed.desired;
    const { datapoints } = this.#history;
    const outcome = evaluateScaling(this.#plan, this.#state, {
      nowSeconds,
      running: observed.running,
      desired: observed.desired,
      warmup: { warm: observed.running - observed.warming, warming: observed.warming },
      deploymentInProgress: false,
      datapoints: () => datapoints,
    });
    this.#state = outcome.state;
    return outcome.desired;
  }

  #publish(observed: Occupation): void {
    const { running } = observed;
    const needed = instancesNeeded(this.#compute, observed);
    const value = capacityReservationPercent({ needed, running });
    this.#history.push({ startSeconds: this.#nextEndSeconds - reservationPeriodSeconds, value, running });
    this.#nextEndSeconds += reservationPeriodSeconds;
    const breaching = this.#plan.alarms.some((alarm) => breaches(alarm, value));
    this.#unrest = breaching ? this.#keptDatapoints : Math.max(0, this.#unrest - 1);
  }
}
