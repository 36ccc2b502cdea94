import { type WarmPool, warmPoolSize } from '@tideline/config';
import type { EventLog } from '../fleet/event-log.ts';
import { zoneForNewTask } from '../fleet/placement.ts';
import type { Instance } from './instance.ts';
import { instanceToTerminate } from './termination-policy.ts';
import { WarmPoolEvents } from './warm-pool-events.ts';

export interface GroupWarmPoolOptions {
  readonly warmPool: WarmPool;
  /** Maximum of the group. */
  readonly max: number;
  readonly log: EventLog;
  /** Launches an instance into the pool, with the launch template that the group wants. */
  readonly launch: (availabilityZone: string) => Instance;
}

/** What the pool has to fit in with. */
export interface PoolSurroundings {
  readonly desired: number;
  /** Active instances of the group and of the pool. */
  readonly instances: readonly Instance[];
  /** Zones that take new instances. */
  readonly zones: readonly string[];
  /** Version that an instance refresh brings to the pool now; null while it does not. */
  readonly refreshTo: number | null;
}

/** The instances that wait beside a group: which of its instances they are, and how many there are to be. */
export class GroupWarmPool {
  readonly events: WarmPoolEvents;
  readonly #options: GroupWarmPoolOptions;
  readonly #ids = new Set<string>();
  #max: number;

  constructor(options: GroupWarmPoolOptions) {
    this.events = new WarmPoolEvents(options.log);
    this.#options = options;
    this.#max = options.max;
  }

  get reusesOnScaleIn(): boolean {
    return this.#options.warmPool.instanceReusePolicy.reuseOnScaleIn;
  }

  setMaximum(max: number): void {
    this.#max = max;
  }

  has({ id }: Instance): boolean {
    return this.#ids.has(id);
  }

  /** Active instances of the pool. */
  of(instances: readonly Instance[]): readonly Instance[] {
    return instances.filter((instance) => instance.isActive && this.has(instance));
  }

  /**
   * Takes an instance that waits out of the pool, one of the zone if there is one, else the oldest. Undefined when none does.
   * @param only launch template version that it must have; null is any, as at AWS
   */
  take(zone: string, instances: readonly Instance[], only: number | null): Instance | undefined {
    const ready = this.of(instances).filter(
      ({ isWarmed, template }) => isWarmed && (only === null || template.revision === only),
    );
    const instance = ready.find(({ availabilityZone }) => availabilityZone === zone) ?? ready[0];
    if (instance === undefined) return undefined;
    this.#ids.delete(instance.id);
    instance.move();
    return instance;
  }

  /** Takes an instance back that is in service. */
  give(instance: Instance): void {
    this.#ids.add(instance.id);
    instance.move();
  }

  forget({ id }: Instance): void {
    this.#ids.delete(id);
  }

  /** Instances that an instance refresh has still to replace, or that it waits for. */
  unsettled(instances: readonly Instance[], revision: number): number {
    return this.of(instances).filter(({ isWarmed, template }) => !isWarmed || template.revision !== revision)
      .length;
  }

  /** Brings the pool to its size: launches, or terminates by the default termination policy what is too much. */
  follow({ desired, instances, zones, refreshTo }: PoolSurroundings): void {
    const { warmPool, launch } = this.#options;
    const size = warmPoolSize(warmPool, { desired, max: this.#max });
    const pool = this.of(instances);
    const outdated = pool.filter(({ template }) => refreshTo !== null && template.revision !== refreshTo);
    for (const instance of outdated) this.#terminate(instance, 'refresh');
    let kept = pool.filter((instance) => !outdated.includes(instance));
    while (kept.length > size) {
      const given = instanceToTerminate(kept.map(terminable));
      if (given === undefined) break;
      this.#terminate(given.instance, 'capacity');
      kept = kept.filter((instance) => instance !== given.instance);
    }
    const placed = instances.filter((instance) => instance.isActive);
    for (let count = kept.length; count < size && zones.length > 0; count += 1) {
      const instance = launch(zoneForNewTask(zones, placed));
      this.#ids.add(instance.id);
      placed.push(instance);
      this.events.launching(instance, { actual: count, size });
    }
  }

  #terminate(instance: Instance, why: 'capacity' | 'refresh'): void {
    this.events.terminating(instance, why);
    instance.terminate();
  }
}

/** The pool of a group; null where it has none. */
export const createGroupWarmPool = (
  warmPool: WarmPool | null,
  options: Omit<GroupWarmPoolOptions, 'warmPool'>,
): GroupWarmPool | null => warmPool && new GroupWarmPool({ ...options, warmPool });

const terminable = (instance: Instance) => ({
  instance,
  availabilityZone: instance.availabilityZone,
  createdAtSeconds: instance.createdAtSeconds,
  templateRevision: instance.template.revision,
  isHealthy: instance.isWarmed,
});
