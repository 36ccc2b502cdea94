import type { Clock } from '../clock/clock.ts';
import { deadline, until } from '../clock/until.ts';
import type { TaskDefinition } from './task-definition.ts';
import {
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

/** A stopping process gets at least this much wall time before SIGKILL, however fast cloud time runs. */
const stopFloorWallSeconds = 5;

/** Puts a task in rotation and takes it out: the target group, as a task sees it. */
export interface TargetRegistry {
  register(target: TaskEndpoint & { readonly id: string; readonly availabilityZone: string }): void;
  /** Resolves when the target has drained. */
  deregister(id: string): Promise<void>;
}

export interface TaskOptions {
  readonly id: string;
  readonly availabilityZone: string;
  readonly definition: TaskDefinition;
  /** Cloud time from now until RUNNING; a process that needs longer takes longer. */
  readonly startSeconds: number;
  readonly stopTimeoutSeconds: number;
  readonly clock: Clock;
  readonly runtime: TaskRuntime;
  readonly targets: TargetRegistry;
  readonly onChange: (task: Task) => void;
}

/** One task: walks through the ECS lifecycle by itself, from its creation until STOPPED. */
export class Task {
  readonly id: string;
  readonly availabilityZone: string;
  readonly definition: TaskDefinition;
  readonly createdAtSeconds: number;
  /** Resolves when the task is STOPPED. */
  readonly stopped: Promise<void>;
  readonly #options: TaskOptions;
  readonly #stopRequested: Promise<'stop'>;
  #requestStop: () => void = () => undefined;
  #state: TaskState = 'PROVISIONING';
  #process: TaskProcess | undefined;
  #exit: TaskExit | undefined;
  #registered = false;
  #runningSinceSeconds: number | undefined;
  #stoppedReason: string | undefined;
  #endedByItself = false;

  constructor(options: TaskOptions) {
    this.id = options.id;
    this.availabilityZone = options.availabilityZone;
    this.definition = options.definition;
    this.createdAtSeconds = options.clock.now();
    this.#options = options;
    this.#stopRequested = new Promise((resolve) => {
      this.#requestStop = () => resolve('stop');
    });
    this.stopped = this.#live();
  }

  get state(): TaskState {
    return this.#state;
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
    return this.#process;
  }

  /** True until the task is asked to stop or ends by itself: what a service counts. */
  get isActive(): boolean {
    return this.#stoppedReason === undefined;
  }

  /** Takes the task out of rotation, lets it finish, and ends it. The first reason stays. */
  stop(reason: string): void {
    this.#stoppedReason ??= reason;
    this.#requestStop();
  }

  /** Ends the task as the loss of its host would: at once, without taking it out of rotation first. */
  loseHost(): void {
    if (this.#process === undefined) this.stop('The host of the task was lost');
    else this.#process.kill();
  }

  async #live(): Promise<void> {
    // The creator gets its reference before the first change is announced.
    await Promise.resolve();
    try {
      await this.#start();
      await this.#interruptible(new Promise(() => undefined));
    } catch (error) {
      this.#endedByItself = this.#stoppedReason === undefined;
      this.#stoppedReason ??= error === interrupted ? exitReason(this.#exit) : startFailureReason(error);
    }
    await this.#shutDown();
    this.#become('STOPPED');
  }

  async #start(): Promise<void> {
    const { clock, runtime, definition, startSeconds } = this.#options;
    const at = (share: number): Promise<void> => until(clock, this.createdAtSeconds + startSeconds * share);
    this.#options.onChange(this);
    await this.#interruptible(at(provisionedAt));
    this.#process = runtime.start({
      taskId: this.id,
      availabilityZone: this.availabilityZone,
      version: definition.version,
      variables: definition.variables,
    });
    void this.#process.exited.then((exit) => (this.#exit = exit));
    this.#become('PENDING');
    // A process that ends before it listens rejects `listening`, which says why.
    const endpoint = await Promise.race([this.#process.listening, this.#stopBeforeListening()]);
    await this.#interruptible(at(pendingUntil));
    this.#options.targets.register({ id: this.id, availabilityZone: this.availabilityZone, ...endpoint });
    this.#registered = true;
    this.#become('ACTIVATING');
    await this.#interruptible(at(1));
    this.#runningSinceSeconds = clock.now();
    this.#become('RUNNING');
  }

  async #stopBeforeListening(): Promise<never> {
    await this.#stopRequested;
    throw interrupted;
  }

  /** Waits for `work`, unless the task is asked to stop or its process ends first. */
  async #interruptible<T>(work: Promise<T>): Promise<T> {
    const ends: Promise<unknown>[] = [this.#stopRequested];
    if (this.#process !== undefined) ends.push(this.#process.exited);
    return Promise.race([work, ...ends.map((end) => end.then(() => Promise.reject(interrupted)))]);
  }

  async #shutDown(): Promise<void> {
    const { clock, targets, stopTimeoutSeconds } = this.#options;
    const process = this.#process;
    if (this.#registered) {
      this.#become('DEACTIVATING');
      const drained = targets.deregister(this.id);
      // A dead process has nothing to drain; its target leaves by itself.
      if (process !== undefined && this.#exit === undefined) await Promise.race([drained, process.exited]);
    }
    if (process === undefined) return;
    this.#become('STOPPING');
    if (this.#exit !== undefined) return;
    process.terminate();
    const killAt = deadline(clock, {
      cloudSeconds: stopTimeoutSeconds,
      floorWallSeconds: stopFloorWallSeconds,
    });
    const killer = clock.at(killAt, () => process.kill());
    await process.exited;
    killer.cancel();
  }

  #become(state: TaskState): void {
    this.#state = state;
    this.#options.onChange(this);
  }
}

const interrupted = new Error('the task was stopped or its process ended');

const startFailureReason = (error: unknown): string =>
  error instanceof StartFailure
    ? `CannotStartContainerError: ${error.message}`
    : `TaskFailedToStart: ${String(error)}`;

const exitReason = (exit: TaskExit | undefined): string =>
  `Essential container in task exited (${exit?.signal === null ? `exit code ${exit.code ?? 'unknown'}` : (exit?.signal ?? 'unknown')})`;
