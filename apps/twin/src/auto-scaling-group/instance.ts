import { applicationRestartSeconds } from '@tideline/config';
import { inServiceShare } from '@tideline/scaling';
import { type Clock, until } from '../clock/clock.ts';
import { SupervisedProcess, interrupted } from '../tasks/supervised-process.ts';
import type { NoticedAfterSeconds, TargetRegistry } from '../tasks/task.ts';
import {
  type TaskDefinition,
  StartFailure,
  type TaskEndpoint,
  type TaskExit,
  type TaskProcess,
  type TaskRuntime,
} from '../tasks/task-runtime.ts';

/**
 * Lifecycle states of EC2 Auto Scaling, in order. Without lifecycle hooks there is no waiting between them
 * (Pending:Wait, Terminating:Wait); an instance that drains is Terminating.
 */
export type InstanceState = 'Pending' | 'InService' | 'Terminating' | 'Terminated';

/** Why an instance is given up, and by which of its health checks. */
export interface InstanceFailure {
  readonly check: 'EC2' | 'ELB';
  readonly reason: string;
}

export interface InstanceOptions {
  readonly id: string;
  readonly availabilityZone: string;
  /** Version of the launch template. */
  readonly template: TaskDefinition;
  /** Cloud time from the launch until the application listens; a process that needs longer takes longer. */
  readonly startSeconds: number;
  readonly stopTimeoutSeconds: number;
  readonly noticedAfterSeconds: NoticedAfterSeconds;
  readonly clock: Clock;
  readonly runtime: TaskRuntime;
  readonly targets: TargetRegistry;
  readonly onChange: (instance: Instance) => void;
  /** Its application has ended and will be started again. */
  readonly onRestart: (instance: Instance, reason: string) => void;
}

/** One instance of an Auto Scaling group: walks through the lifecycle by itself, from its launch until Terminated. */
export class Instance {
  readonly id: string;
  readonly availabilityZone: string;
  readonly template: TaskDefinition;
  readonly createdAtSeconds: number;
  /** Resolves when the instance is Terminated. */
  readonly terminated: Promise<void>;
  readonly #options: InstanceOptions;
  #supervised = new SupervisedProcess();
  #state: InstanceState = 'Pending';
  #isRegistered = false;
  #inServiceSinceSeconds: number | undefined;
  #isActive = true;
  #failure: InstanceFailure | undefined;
  #loss: 'instance-loss' | 'zone-loss' | undefined;

  constructor(options: InstanceOptions) {
    this.id = options.id;
    this.availabilityZone = options.availabilityZone;
    this.template = options.template;
    this.createdAtSeconds = options.clock.now();
    this.#options = options;
    this.terminated = this.#live();
  }

  get state(): InstanceState {
    return this.#state;
  }

  /** Cloud time at which EC2 called it running and the group put it in service. */
  get inServiceSinceSeconds(): number | undefined {
    return this.#inServiceSinceSeconds;
  }

  /** True until it is asked to terminate or has failed: what a group counts. */
  get isActive(): boolean {
    return this.#isActive;
  }

  get isGone(): boolean {
    return this.#state === 'Terminated';
  }

  /** Undefined while it has not failed by itself. */
  get failure(): InstanceFailure | undefined {
    return this.#failure;
  }

  /** The backend’s process, from the moment its user data has started it; undefined while it waits to be started again. */
  get process(): TaskProcess | undefined {
    return this.#supervised.process;
  }

  /** Takes it out of rotation, lets it finish, and ends it. */
  terminate(): void {
    this.#isActive = false;
    this.#supervised.requestStop();
  }

  /**
   * Ends it at once, as the loss of its host would. The group learns of it from its status checks or its health checks; until
   * then it counts as in service, and its target gets requests.
   */
  lose(loss: 'instance-loss' | 'zone-loss'): void {
    if (this.#loss !== undefined) return;
    this.#loss = loss;
    if (this.#isRegistered) this.#options.targets.lose(this.id, { fault: loss, onPurpose: true });
    else if (this.#isActive) this.#fail(lost);
    if (!this.#supervised.kill() && !this.#isRegistered) this.#supervised.requestStop();
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
      await this.#keepRunning();
    } catch (error) {
      if (this.#isActive) this.#fail({ check: 'ELB', reason: startFailureReason(error) });
    }
    await this.#shutDown();
    this.#become('Terminated');
  }

  async #start(): Promise<void> {
    const { clock, targets, startSeconds } = this.#options;
    const at = (share: number): Promise<void> => until(clock, this.createdAtSeconds + startSeconds * share);
    this.#options.onChange(this);
    await this.#supervised.interruptible(at(inServiceShare));
    this.#inServiceSinceSeconds = clock.now();
    this.#become('InService');
    const endpoint = await this.#startApplication();
    await this.#supervised.interruptible(at(1));
    targets.register({ id: this.id, availabilityZone: this.availabilityZone, ...endpoint });
    this.#isRegistered = true;
  }

  #startApplication(): Promise<TaskEndpoint> {
    const { runtime, template } = this.#options;
    return this.#supervised.start(runtime, {
      taskId: this.id,
      availabilityZone: this.availabilityZone,
      version: template.version,
      variables: template.variables,
    });
  }

  /**
   * Starts the application again whenever it ends, as the unit of the user data does: EC2 sees nothing of it, and the target
   * group what its health checks find. Returns when the instance is asked to terminate.
   */
  async #keepRunning(): Promise<void> {
    while (await this.#applicationEnds()) {
      if (this.#loss !== undefined) return this.#untilNoticed(this.#loss);
      this.#options.targets.lose(this.id, { fault: 'application-exit', onPurpose: false });
      this.#options.onRestart(this, exitReason(this.#supervised.exit));
      this.#supervised = new SupervisedProcess();
      try {
        await this.#startAgain();
      } catch (error) {
        if (!(error instanceof StartFailure) && error !== interrupted) throw error;
      }
    }
  }

  async #untilNoticed(loss: 'instance-loss' | 'zone-loss'): Promise<void> {
    const { clock, noticedAfterSeconds } = this.#options;
    await this.#supervised.untilNoticed(clock, clock.now() + noticedAfterSeconds[loss]);
    if (this.#isActive) this.#fail(lost);
  }

  /** Waits until the application ends. False when the instance is asked to terminate first. */
  async #applicationEnds(): Promise<boolean> {
    await this.#supervised.interruptible(new Promise(() => undefined)).catch(() => undefined);
    return this.#isActive;
  }

  async #startAgain(): Promise<void> {
    const { clock, targets } = this.#options;
    await this.#supervised.interruptible(until(clock, clock.now() + applicationRestartSeconds));
    targets.relocate(this.id, await this.#startApplication());
  }

  async #shutDown(): Promise<void> {
    const { clock, targets, stopTimeoutSeconds } = this.#options;
    this.#become('Terminating');
    if (this.#isRegistered) await this.#supervised.drain(targets.deregister(this.id));
    await this.#supervised.end(clock, stopTimeoutSeconds);
  }

  #fail(failure: InstanceFailure): void {
    this.#isActive = false;
    this.#failure ??= failure;
  }

  #become(state: InstanceState): void {
    this.#state = state;
    this.#options.onChange(this);
  }
}

const lost: InstanceFailure = { check: 'EC2', reason: 'the instance was lost' };

const startFailureReason = (error: unknown): string =>
  `its application did not start: ${error instanceof StartFailure ? error.message : String(error)}`;

const exitReason = (exit: TaskExit | undefined): string =>
  exit?.signal ?? `exit code ${exit?.code ?? 'unknown'}`;
