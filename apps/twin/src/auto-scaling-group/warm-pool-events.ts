import type { EventLog } from '../fleet/event-log.ts';
import { type GroupCapacity, capacityCause } from './auto-scaling-group-events.ts';
import type { Instance } from './instance.ts';

/** Says what the warm pool of a group and its instances do, among the events of the group. */
export class WarmPoolEvents {
  readonly #log: EventLog;

  constructor(log: EventLog) {
    this.#log = log;
  }

  launching(
    { id, availabilityZone }: Instance,
    pool: { readonly actual: number; readonly size: number },
  ): void {
    this.#log.add(
      `launches a new EC2 instance into warm pool: (instance ${id}) in ${availabilityZone}, because its size is ${pool.size} and it had ${pool.actual}`,
    );
  }

  terminating({ id }: Instance, why: 'capacity' | 'refresh'): void {
    const causes = {
      capacity: 'the pool is larger than it is to be',
      refresh: 'an instance refresh replaces it',
    };
    this.#log.add(`terminates an EC2 instance of the warm pool: (instance ${id}), because ${causes[why]}`);
  }

  returning({ id }: Instance, capacity: GroupCapacity): void {
    this.#log.add(
      `returns an EC2 instance to the warm pool: (instance ${id}), because ${capacityCause(capacity)}`,
    );
  }

  warmed({ id, state }: Instance): void {
    this.#log.add(`(instance ${id}) waits in the warm pool: ${state}`);
  }
}
