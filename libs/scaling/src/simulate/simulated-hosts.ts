import { randomFrom } from './seeded-random.ts';
import type { SimulatedStart } from './simulated-fleet.ts';

/** A container instance, and the tasks that are placed on it. */
export interface Host {
  readonly zone: number;
  readonly launchedAtSeconds: number;
  /** When it registers, and takes tasks. */
  readonly activeAtSeconds: number;
  tasks: number;
}

export interface SimulatedHostsOptions extends SimulatedStart {
  readonly zones: number;
  /** Tasks that one instance has room for. */
  readonly room: number;
  /** Instances of the beginning, which have registered and are warm. */
  readonly count: number;
}

/** Instances of a simulated capacity provider: boot in the emptiest zone, take tasks, and go when they are empty. */
export class SimulatedHosts {
  /** Instances that there are to be; others with tasks stay until they are empty. */
  desired: number;
  readonly #options: SimulatedHostsOptions;
  readonly #random: () => number;
  readonly #hosts: Host[] = [];
  /** Instants at which a launched instance registers, ascending. */
  readonly #boots: number[] = [];

  constructor(options: SimulatedHostsOptions) {
    this.#options = options;
    this.#random = randomFrom(options.seed);
    this.desired = options.count;
    for (let index = 0; index < options.count; index += 1) this.#add(Number.MIN_SAFE_INTEGER, 0);
  }

  get count(): number {
    return this.#hosts.length;
  }

  get occupied(): number {
    return this.#hosts.filter(({ tasks }) => tasks > 0).length;
  }

  /** When the next instance registers; Infinity when none boots. */
  get nextActiveSeconds(): number {
    return this.#boots[0] ?? Infinity;
  }

  launchedAfter(seconds: number): number {
    return this.#hosts.filter(({ launchedAtSeconds }) => launchedAtSeconds > seconds).length;
  }

  /** Whether an instance has registered since it was asked last. */
  registered(nowSeconds: number): boolean {
    const before = this.#boots.length;
    while (this.nextActiveSeconds <= nowSeconds) this.#boots.shift();
    return this.#boots.length < before;
  }

  /** Launches what is missing, or gives up what is too much. */
  setDesired(desired: number, nowSeconds: number): void {
    this.desired = desired;
    while (this.count < desired) this.launch(nowSeconds);
    this.giveUpSurplus(nowSeconds);
  }

  launch(nowSeconds: number): void {
    const { min, max } = this.#options.startSeconds;
    const activeAtSeconds = nowSeconds + min + this.#random() * (max - min);
    this.#add(nowSeconds, activeAtSeconds);
    this.#boots.push(activeAtSeconds);
    this.#boots.sort((left, right) => left - right);
  }

  /** Those that run tasks are protected, and go once they are empty. */
  giveUpSurplus(nowSeconds: number): void {
    while (this.count > this.desired && this.giveUpEmpty(nowSeconds));
  }

  /** Gives up an instance without tasks: one that boots before one of the zone with the most, the oldest first. */
  giveUpEmpty(nowSeconds: number): boolean {
    const empty = this.#hosts.filter(({ tasks }) => tasks === 0);
    const booting = empty.filter(({ activeAtSeconds }) => activeAtSeconds > nowSeconds);
    const inZone = countsByZone(empty, this.#options.zones, () => 1);
    const candidates = booting.length > 0 ? booting : empty;
    const [host] = candidates.sort(
      (left, right) =>
        (inZone[right.zone] ?? 0) - (inZone[left.zone] ?? 0) ||
        left.launchedAtSeconds - right.launchedAtSeconds,
    );
    if (host === undefined) return false;
    this.#hosts.splice(this.#hosts.indexOf(host), 1);
    const boot = this.#boots.indexOf(host.activeAtSeconds);
    if (boot >= 0) this.#boots.splice(boot, 1);
    return true;
  }

  /** Places a task: in the zone with the fewest, and there on the fullest instance with room. Undefined without room. */
  place(nowSeconds: number): Host | undefined {
    const inZone = this.tasksByZone();
    let best: Host | undefined;
    for (const host of this.#hosts) {
      if (host.activeAtSeconds > nowSeconds || host.tasks >= this.#options.room) continue;
      const spread = best === undefined ? -1 : (inZone[host.zone] ?? 0) - (inZone[best.zone] ?? 0);
      if (spread < 0 || (spread === 0 && host.tasks > (best?.tasks ?? 0))) best = host;
    }
    if (best !== undefined) best.tasks += 1;
    return best;
  }

  tasksByZone(): readonly number[] {
    return countsByZone(this.#hosts, this.#options.zones, ({ tasks }) => tasks);
  }

  #add(launchedAtSeconds: number, activeAtSeconds: number): void {
    const inZone = countsByZone(this.#hosts, this.#options.zones, () => 1);
    const zone = inZone.indexOf(Math.min(...inZone));
    this.#hosts.push({ zone, launchedAtSeconds, activeAtSeconds, tasks: 0 });
  }
}

function countsByZone(hosts: readonly Host[], zones: number, count: (host: Host) => number): number[] {
  const counts = new Array<number>(zones).fill(0);
  for (const host of hosts) counts[host.zone] = (counts[host.zone] ?? 0) + count(host);
  return counts;
}
