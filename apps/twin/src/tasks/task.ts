import { type Clock, until } from '../clock/clock.ts';
import type { FaultName } from '@tideline/evidence';
import type { Outage } from '../balancer/targets/outage.ts';
import { SupervisedProcess, interrupted } from './supervised-process.ts';
import {
  type TaskDefinition,
  StartFailure,
  type TaskEndpoint,
  type TaskExit,
  type TaskProcess,
  type TaskRuntime,
} from './task-runtime.ts';

/** ECS task lifecycle states, in order. */
export type TaskState =
  'PROVISIONING' | 'PENDING' | 'ACTIVATING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPING' | 'STOPPED';

/** Shares of the start time after which a task leaves PROVISIONING and PENDING; the rest is ACTIVATING. */
const provisionedAt = 0.4;
const pendingUntil = 0.8;

/** Puts a task in rotation and takes it out: the target group, as a task sees it. */
export interface TargetRegistry {
  register(target: TaskEndpoint & { readonly id: string; readonly availabilityZone: string }): void;
  /** The application behind the target listens elsewhere from now on: it has been started again. */
  relocate(id: string, endpoint: TaskEndpoint): void;
  /** The target has died: it answers nothing any more. It stays registered until it is deregistered. An unknown id is no error. */
  lose(id: string, outage: Outage): void;
  /** Resolves when the target has drained. */
  deregister(id: string): Promise<void>;
}

/**
 * Cloud time from each kind of fault until AWS has noticed it by other means than the target’s health checks, and deregisters
 * the target. Infinity: by no other means.
 */
export type NoticedAfterSeconds = Readonly<Record<FaultName, number>>;

/** The EC2 instance that a task runs on. */
export interface TaskHost {
  /** Id of the EC2 instance. */
  readonly instanceId: string;
  /** Dynamic port of the instance that leads to the container’s port. */
  readonly hostPort: number;
}

export interface TaskOptions {
  readonly id: string;
  /** Null: the task waits in PROVISIONING until `place` finds it one. */
  readonly availabilityZone: string | null;
  readonly definition: TaskDefinition;
  /** Cloud time from its placement until RUNNING; a process that needs longer takes longer. */
  readonly startSeconds: number;
  readonly stopTimeoutSeconds: number;
  readonly noticedAfterSeconds: NoticedAfterSeconds;
  readonly clock: Clock;
  readonly runtime: TaskRuntime;
  readonly targets: TargetRegistry;
  readonly onChange: (task: Task) => void;
}

/** One task: walks through the ECS lifecycle by itself, from its creation until STOPPED. */
export class Task {
  readonly id: string;
  readonly definition: TaskDefinition;
  readonly createdAtSeconds: number;
  /** Resolves when the task is STOPPED. */
  readonly stopped: Promise<void>;
  readonly #options: TaskOptions;
  readonly #supervised = new SupervisedProcess();
  #state: TaskState = 'PROVISIONING';
  #registered = false;
  #runningSinceSeconds: number | undefined;
  #stoppedReason: string | undefined;
  #endedByItself = false;
  #availabilityZone: string | null;
  #host: TaskHost | null = null;
  #lossReason: string | undefined;
  #outage: Outage | undefined;
  #protectedUntilSeconds = -Infinity;
  readonly #placed: Promise<void>;
  #notePlaced: () => void = () => undefined;

  constructor(options: TaskOptions) {
    this.id = options.id;
    this.#availabilityZone = options.availabilityZone;
    this.definition = options.definition;
    this.createdAtSeconds = options.clock.now();
    this.#options = options;
    this.#placed =
      options.availabilityZone === null
        ? new Promise((resolve) => (this.#notePlaced = resolve))
        : Promise.resolve();
    this.stopped = this.#live();
  }

  get state(): TaskState {
    return this.#state;
  }

  /** Null while the task waits for a place. */
  get availabilityZone(): string | null {
    return this.#availabilityZone;
  }

  /** Null while the task waits for a place, and where no instance of ours is its host. */
  get host(): TaskHost | null {
    return this.#host;
  }

  /** Cloud time at which the task became RUNNING. */
  get runningSinceSeconds(): number | undefined {
    return this.#runningSinceSeconds;
  }

  get stoppedReason(): string | undefined {
    return this.#stoppedReason;
  }

  /** True when its process ended, or failed to start, without being asked to. */
  get endedByItself(): boolean {
    return this.#endedByItself;
  }

  /** The process behind the task, from PENDING on. */
  get process(): TaskProcess | undefined {
    return this.#supervised.process;
  }

  get isGone(): boolean {
    return this.#state === 'STOPPED';
  }

  /** True until the task is asked to stop or ends by itself: what a service counts. */
  get isActive(): boolean {
    return this.#stoppedReason === undefined;
  }

  /** Gives a waiting task its place: its start begins. */
  place({ availabilityZone, host }: { readonly availabilityZone: string; readonly host: TaskHost }): void {
    if (this.#availabilityZone !== null) return;
    this.#availabilityZone = availabilityZone;
    this.#host = host;
    this.#notePlaced();
  }

  /** Cloud time at which its protection from scale-in expires; null while it has none. */
  get protectedUntilSeconds(): number | null {
    return this.#options.clock.now() < this.#protectedUntilSeconds ? this.#protectedUntilSeconds : null;
  }

  /** Protects the task from scale-in and deployments from now on, however long it was protected before. */
  protectFor(seconds: number): void {
    this.#protectedUntilSeconds = this.#options.clock.now() + seconds;
  }

  /** Takes its protection off. */
  unprotect(): void {
    this.#protectedUntilSeconds = -Infinity;
  }

  /** Takes the task out of rotation, lets it finish, and ends it. The first reason stays. */
  stop(reason: string): void {
    this.#stoppedReason ??= reason;
    this.#supervised.requestStop();
  }

  /**
   * Ends the task’s process at once, as a crash would. The service learns of it when the container agent has reported it;
   * until then the task counts as running, and its target gets requests.
   */
  kill(): void {
    this.#die({ fault: 'task-exit', onPurpose: true }, 'The task was killed before it had a process');
  }

  /** The host of the task has gone, and the service has yet to learn of it. */
  lose(fault: 'instance-loss' | 'zone-loss', reason: string): void {
    if (this.#outage === undefined) this.#lossReason = reason;
    this.#die({ fault, onPurpose: true }, reason);
  }

  #die(outage: Outage, reason: string): void {
    if (this.#outage !== undefined) return;
    this.#outage = outage;
    // First the target: what is in flight then ends as the outage has it, and not as the process does.
    if (this.#registered) this.#options.targets.lose(this.id, outage);
    if (!this.#supervised.kill()) this.stop(reason);
  }

  /** Makes its process hang, if it has one: it will fail its health checks. */
  freeze(): void {
    this.process?.freeze();
  }

  async #live(): Promise<void> {
    // The creator gets its reference before the first change is announced.
    await Promise.resolve();
    try {
      await this.#start();
      await this.#supervised.interruptible(new Promise(() => undefined));
    } catch (error) {
      this.#endedByItself = this.#stoppedReason === undefined;
      if (error === interrupted && this.#endedByItself) await this.#untilNoticed();
      this.#stoppedReason ??=
        this.#lossReason ??
        (error === interrupted ? exitReason(this.#supervised.exit) : startFailureReason(error));
    }
    await this.#shutDown();
    this.#become('STOPPED');
  }

  async #start(): Promise<void> {
    const { clock, runtime, definition, startSeconds } = this.#options;
    this.#options.onChange(this);
    const availabilityZone = await this.#supervised.interruptible(this.#place());
    const placedAtSeconds = clock.now();
    const at = (share: number): Promise<void> => until(clock, placedAtSeconds + startSeconds * share);
    await this.#supervised.interruptible(at(provisionedAt));
    const listening = this.#supervised.start(runtime, {
      taskId: this.id,
      availabilityZone,
      version: definition.version,
      variables: definition.variables,
    });
    this.#become('PENDING');
    const endpoint = await listening;
    await this.#supervised.interruptible(at(pendingUntil));
    this.#options.targets.register({ id: this.id, availabilityZone, ...endpoint });
    this.#registered = true;
    this.#become('ACTIVATING');
    await this.#supervised.interruptible(at(1));
    this.#runningSinceSeconds = clock.now();
    this.#become('RUNNING');
  }

  async #place(): Promise<string> {
    await this.#placed;
    if (this.#availabilityZone === null) throw new Error('a placed task has an Availability Zone');
    return this.#availabilityZone;
  }

  /** Its target gets requests until the service has learned of its end, or until it stops the task for failed health checks. */
  async #untilNoticed(): Promise<void> {
    const { clock, targets, noticedAfterSeconds } = this.#options;
    this.#outage ??= { fault: 'task-exit', onPurpose: false };
    if (!this.#registered) return;
    targets.lose(this.id, this.#outage);
    await this.#supervised.untilNoticed(clock, clock.now() + noticedAfterSeconds[this.#outage.fault]);
  }

  async #shutDown(): Promise<void> {
    const { clock, targets, stopTimeoutSeconds } = this.#options;
    if (this.#registered) {
      this.#become('DEACTIVATING');
      await this.#supervised.drain(targets.deregister(this.id));
    }
    if (this.process === undefined) return;
    this.#become('STOPPING');
    await this.#supervised.end(clock, stopTimeoutSeconds);
  }

  #become(state: TaskState): void {
    this.#state = state;
    this.#options.onChange(this);
  }
}

const startFailureReason = (error: unknown): string =>
  error instanceof StartFailure
    ? `CannotStartContainerError: ${error.message}`
    : `TaskFailedToStart: ${String(error)}`;

const exitReason = (exit: TaskExit | undefined): string =>
  `Essential container in task exited (${exit?.signal === null ? `exit code ${exit.code ?? 'unknown'}` : (exit?.signal ?? 'unknown')})`;
