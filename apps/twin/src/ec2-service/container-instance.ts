import type { HostResources } from '@tideline/config';
import type { Clock, Timer } from '../clock/clock.ts';
import type { InstanceRoom } from './place-task.ts';

/**
 * Status of a container instance, as ECS names it. It registers when it has booted; it drains on its way out, while it
 * still has tasks; INACTIVE is the end.
 */
export type ContainerInstanceState = 'REGISTERING' | 'ACTIVE' | 'DRAINING' | 'INACTIVE';

/** Dynamic host ports, from the ephemeral range that the ECS agent uses on current kernels. */
const firstHostPort = 32_768;
const lastHostPort = 60_999;

export interface ContainerInstanceOptions {
  /** Id of the EC2 instance. */
  readonly id: string;
  readonly containerInstanceId: string;
  readonly availabilityZone: string;
  /** What it gives to tasks. */
  readonly size: HostResources;
  /** Cloud time from the launch until it is registered. */
  readonly startSeconds: number;
  readonly clock: Clock;
  /** Called whenever its state has changed. */
  readonly onChange: (instance: ContainerInstance) => void;
}

/** What a task has of its host. */
interface Reservation extends HostResources {
  readonly hostPort: number;
}

/** One EC2 instance that tasks run on: boots, registers, holds what tasks reserve, and drains before it goes. */
export class ContainerInstance implements InstanceRoom {
  readonly id: string;
  readonly containerInstanceId: string;
  readonly availabilityZone: string;
  readonly size: HostResources;
  readonly launchedAtSeconds: number;
  readonly #onChange: (instance: ContainerInstance) => void;
  readonly #reservations = new Map<string, Reservation>();
  readonly #registration: Timer;
  #state: ContainerInstanceState = 'REGISTERING';
  #nextPort = firstHostPort;
  #isLost = false;

  constructor(options: ContainerInstanceOptions) {
    this.id = options.id;
    this.containerInstanceId = options.containerInstanceId;
    this.availabilityZone = options.availabilityZone;
    this.size = options.size;
    this.launchedAtSeconds = options.clock.now();
    this.#onChange = options.onChange;
    this.#registration = options.clock.at(this.launchedAtSeconds + options.startSeconds, () => {
      this.#become('ACTIVE');
    });
  }

  get state(): ContainerInstanceState {
    return this.#state;
  }

  /** On its way or there to stay: what its group counts. */
  get isKept(): boolean {
    return this.#state === 'REGISTERING' || this.#state === 'ACTIVE';
  }

  /** Registered and there: it takes tasks. ECS places nothing on an instance whose agent is disconnected. */
  get takesTasks(): boolean {
    return this.#state === 'ACTIVE' && !this.#isLost;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  get remaining(): HostResources {
    let { cpuUnits, memoryMiB } = this.size;
    for (const reserved of this.#reservations.values()) {
      cpuUnits -= reserved.cpuUnits;
      memoryMiB -= reserved.memoryMiB;
    }
    return { cpuUnits, memoryMiB };
  }

  get tasks(): number {
    return this.#reservations.size;
  }

  /** Ids of its tasks, oldest first. */
  get taskIds(): readonly string[] {
    return [...this.#reservations.keys()];
  }

  /** Reserves what a task needs. @returns its dynamic host port */
  reserve(taskId: string, { cpuUnits, memoryMiB }: HostResources): number {
    const hostPort = this.#freePort();
    this.#reservations.set(taskId, { cpuUnits, memoryMiB, hostPort });
    return hostPort;
  }

  /** Gives back what a task had reserved; the last one lets a draining instance go. */
  release(taskId: string): void {
    if (!this.#reservations.delete(taskId)) return;
    if (this.#state === 'DRAINING' && this.tasks === 0) this.#become('INACTIVE');
  }

  /** Takes no further task, and goes when its last one has left: managed draining. */
  drain(): void {
    if (!this.isKept) return;
    this.#become(this.tasks === 0 ? 'INACTIVE' : 'DRAINING');
  }

  /** Its host has gone; it counts until the group has noticed. */
  lose(): void {
    this.#isLost = true;
    this.#registration.cancel();
  }

  /** Goes at once, with everything on it. */
  end(): void {
    if (this.#state === 'INACTIVE') return;
    this.#become('INACTIVE');
  }

  #freePort(): number {
    const taken = new Set([...this.#reservations.values()].map(({ hostPort }) => hostPort));
    let port = this.#nextPort;
    while (taken.has(port)) port = following(port);
    this.#nextPort = following(port);
    return port;
  }

  #become(state: ContainerInstanceState): void {
    this.#registration.cancel();
    this.#state = state;
    this.#onChange(this);
  }
}

const following = (port: number): number => (port === lastHostPort ? firstHostPort : port + 1);
