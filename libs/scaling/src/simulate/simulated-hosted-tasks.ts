import {
  type Compute,
  type Environment,
  capacityFacts,
  instancesForTasks,
  reservationPeriodSeconds,
  tasksPerInstance,
} from '@tideline/config';
import { metricLagSeconds } from '../plan/metric-lag.ts';
import type { SimulatedFleet } from './simulated-fleet.ts';
import { SimulatedTasks } from './simulated-tasks.ts';

/**
 * Tasks on simulated instances: one that the instances of the beginning have no room for waits until managed scaling has
 * launched another, and none starts beyond what the maximum of instances has room for.
 */
export class SimulatedHostedTasks implements SimulatedFleet {
  readonly warmup = null;
  readonly #mostTasks: number;
  /** Tasks that the instances of the beginning have room for. */
  readonly #room: number;
  readonly #atOnce: SimulatedTasks;
  /** Tasks that wait for another instance, or run on one. */
  readonly #beyond: SimulatedTasks;

  constructor(compute: Compute<'ecs-ec2'>, environment: Environment, seed: number) {
    const { capacity, assumptions } = environment;
    const { taskStartSeconds, instanceStartSeconds } = assumptions;
    this.#mostTasks = capacityFacts(environment).mostUnits;
    const running = Math.min(capacity.desired, this.#mostTasks);
    const instances = Math.max(compute.instances.min, instancesForTasks(compute, running));
    this.#room = instances * tasksPerInstance(compute);
    const lagSeconds = metricLagSeconds(environment, reservationPeriodSeconds);
    this.#atOnce = new SimulatedTasks(running, { startSeconds: taskStartSeconds, seed });
    this.#beyond = new SimulatedTasks(0, {
      startSeconds: {
        min: lagSeconds + instanceStartSeconds.min + taskStartSeconds.min,
        max: reservationPeriodSeconds + lagSeconds + instanceStartSeconds.max + taskStartSeconds.max,
      },
      seed,
    });
  }

  get running(): number {
    return this.#atOnce.running + this.#beyond.running;
  }

  get measured(): number {
    return this.running;
  }

  get nextChangeSeconds(): number {
    return Math.min(this.#atOnce.nextChangeSeconds, this.#beyond.nextChangeSeconds);
  }

  advance(nowSeconds: number): void {
    this.#atOnce.advance(nowSeconds);
    this.#beyond.advance(nowSeconds);
  }

  setDesired(desired: number, nowSeconds: number): void {
    const placeable = Math.min(desired, this.#mostTasks);
    this.#atOnce.setDesired(Math.min(placeable, this.#room), nowSeconds);
    this.#beyond.setDesired(Math.max(0, placeable - this.#room), nowSeconds);
  }
}
