import {
  type Compute,
  type Environment,
  capacityFacts,
  instancesForTasks,
  tasksPerInstance,
} from '@tideline/config';
import { randomFrom } from './seeded-random.ts';
import type { SimulatedFleet, SimulatedStart } from './simulated-fleet.ts';
import { type Host, SimulatedHosts } from './simulated-hosts.ts';
import { SimulatedManagedScaling } from './simulated-managed-scaling.ts';

interface PlacedTask {
  readonly host: Host;
  readonly runsAtSeconds: number;
}

/**
 * Tasks on simulated instances: one that finds no room waits until managed scaling has launched another instance and
 * that has registered. An instance without tasks lingers until managed scaling gives it up. A surplus task leaves its
 * instance at once: the time that it drains is not simulated.
 */
export class SimulatedHostedTasks implements SimulatedFleet {
  readonly warmup = null;
  readonly stopped = 0;
  running = 0;
  /** In order of placement. */
  readonly #tasks: PlacedTask[] = [];
  readonly #hosts: SimulatedHosts;
  readonly #managed: SimulatedManagedScaling;
  readonly #warmupSeconds: number;
  readonly #startSeconds: SimulatedStart['startSeconds'];
  readonly #random: () => number;
  #waiting = 0;
  /** Instants at which placed tasks will run, ascending. */
  readonly #starting: number[] = [];

  constructor(compute: Compute<'ecs-ec2'>, environment: Environment, seed: number) {
    const { assumptions, availabilityZones, capacity } = environment;
    const running = Math.min(capacity.desired, capacityFacts(environment).mostUnits);
    this.#warmupSeconds = compute.instanceWarmupSeconds;
    this.#startSeconds = assumptions.taskStartSeconds;
    this.#random = randomFrom(seed);
    this.#hosts = new SimulatedHosts({
      startSeconds: assumptions.instanceStartSeconds,
      // Of its own, so that tasks start as they do where instances play no part.
      seed: seed + 1,
      zones: availabilityZones.length,
      room: tasksPerInstance(compute),
      count: Math.max(compute.instances.min, instancesForTasks(compute, running)),
    });
    this.#managed = new SimulatedManagedScaling(environment, compute);
    for (let task = 0; task < running; task += 1) this.#place(0, 0);
    this.running = this.#tasks.length;
    this.#waiting = capacity.desired - running;
  }

  get measured(): number {
    return this.running;
  }

  get instances(): number {
    return this.#hosts.count;
  }

  get nextChangeSeconds(): number {
    const nextStart = this.#starting[0] ?? Infinity;
    return Math.min(nextStart, this.#hosts.nextActiveSeconds, this.#managed.nextSeconds);
  }

  advance(nowSeconds: number): void {
    while ((this.#starting[0] ?? Infinity) <= nowSeconds) {
      this.#starting.shift();
      this.running += 1;
    }
    if (this.#hosts.registered(nowSeconds)) this.#placeWaiting(nowSeconds);
    if (this.#managed.nextSeconds <= nowSeconds) this.#scaleInstances(nowSeconds);
  }

  /** Gives up tasks that wait first, then those that do not run yet, then the newest of the fullest zone. */
  setDesired(desired: number, nowSeconds: number): void {
    while (this.#tasks.length > desired) this.#stopOne(nowSeconds);
    this.#waiting = desired - this.#tasks.length;
    this.#placeWaiting(nowSeconds);
    this.#hosts.giveUpSurplus(nowSeconds);
  }

  #placeWaiting(nowSeconds: number): void {
    while (this.#waiting > 0) {
      const { min, max } = this.#startSeconds;
      const runsAtSeconds = nowSeconds + min + this.#random() * (max - min);
      if (!this.#place(nowSeconds, runsAtSeconds)) return;
      this.#waiting -= 1;
      this.#starting.push(runsAtSeconds);
    }
    this.#starting.sort((left, right) => left - right);
  }

  #place(nowSeconds: number, runsAtSeconds: number): boolean {
    const host = this.#hosts.place(nowSeconds);
    if (host !== undefined) this.#tasks.push({ host, runsAtSeconds });
    return host !== undefined;
  }

  #stopOne(nowSeconds: number): void {
    const inZone = this.#hosts.tasksByZone();
    const isStarting = ({ runsAtSeconds }: PlacedTask): boolean => runsAtSeconds > nowSeconds;
    const candidates = this.#tasks.some(isStarting) ? this.#tasks.filter(isStarting) : this.#tasks;
    const zones = candidates.map(({ host }) => inZone[host.zone] ?? 0);
    const task = candidates[zones.lastIndexOf(Math.max(...zones))];
    if (task === undefined) return;
    this.#tasks.splice(this.#tasks.indexOf(task), 1);
    task.host.tasks -= 1;
    if (isStarting(task)) this.#starting.splice(this.#starting.indexOf(task.runsAtSeconds), 1);
    else this.running -= 1;
  }

  #scaleInstances(nowSeconds: number): void {
    const desired = this.#managed.follow(nowSeconds, {
      running: this.#hosts.count,
      occupied: this.#hosts.occupied,
      waiting: this.#waiting,
      desired: this.#hosts.desired,
      warming: this.#hosts.launchedAfter(nowSeconds - this.#warmupSeconds),
    });
    this.#hosts.setDesired(desired, nowSeconds);
  }
}
