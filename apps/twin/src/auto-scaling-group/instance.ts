import { applicationRestartSeconds } from '@tideline/config';
import { inServiceShare } from '@tideline/scaling';
import { until } from '../clock/clock.ts';
import { Deferred } from '../tasks/deferred.ts';
import { SupervisedProcess, interrupted } from '../tasks/supervised-process.ts';
import {
  type TaskDefinition,
  StartFailure,
  type TaskEndpoint,
  type TaskExit,
  type TaskProcess,
} from '../tasks/task-runtime.ts';
import type { InstanceFailure, InstanceOptions, InstanceState } from './instance-options.ts';

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
  #endpoint: TaskEndpoint | undefined;
  #moved = new Deferred();
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

  /** It waits in the warm pool, and may be taken. */
  get isWarmed(): boolean {
    return this.#isActive && this.#state.startsWith('Warmed:') && this.#state !== 'Warmed:Pending';
  }

  /** Moves between the warm pool and the group: out of the pool once it waits there, back once it is in service. */
  move(): void {
    this.#moved.resolve();
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
      for (let place = this.#options.destination; this.#isActive; place = place === 'pool' ? 'group' : 'pool')
        await (place === 'pool' ? this.#waitInPool() : this.#serve());
    } catch (error) {
      if (this.#isActive) this.#fail({ check: 'ELB', reason: startFailureReason(error) });
    }
    await this.#shutDown();
    this.#become('Terminated');
  }

  /** In service until it is asked to terminate, or to return to the pool. */
  async #serve(): Promise<void> {
    const { targets, pool } = this.#options;
    const isLaunch = this.#state !== `Warmed:${pool?.poolState}`;
    const at = this.#boots(isLaunch || pool === null ? this.#options.startSeconds : pool.startSeconds);
    this.#become('Pending');
    await at(inServiceShare);
    if (pool === null) this.#enterService();
    this.#endpoint = this.process === undefined ? await this.#startHooked() : this.#endpoint;
    await at(1);
    if (pool !== null) this.#enterService();
    if (this.#endpoint !== undefined)
      targets.register({ id: this.id, availabilityZone: this.availabilityZone, ...this.#endpoint });
    this.#isRegistered = true;
    await this.#keepRunning();
    if (this.#isActive) await this.#leaveService();
  }

  #enterService(): void {
    this.#inServiceSinceSeconds = this.#options.clock.now();
    this.#become('InService');
  }

  async #leaveService(): Promise<void> {
    this.#inServiceSinceSeconds = undefined;
    this.#become('Warmed:Pending');
    await this.#drain();
  }

  /** Starts the application once, stops it where the pool keeps no running one, and waits to be taken. */
  async #waitInPool(): Promise<void> {
    const { clock, pool, startSeconds, stopTimeoutSeconds } = this.#options;
    if (pool === null) return;
    if (this.process === undefined) {
      const at = this.#boots(startSeconds);
      this.#become('Warmed:Pending');
      await at(inServiceShare);
      this.#endpoint = await this.#startHooked();
      await at(1);
    }
    if (pool.poolState !== 'Running') await this.#supervised.end(clock, stopTimeoutSeconds);
    if (!this.#isActive) return;
    if (pool.poolState !== 'Running') this.#supervised = new SupervisedProcess();
    this.#become(`Warmed:${pool.poolState}`);
    if (pool.poolState === 'Running') await this.#keepRunning();
    else await this.#untilMoved();
  }

  /** Instants of a start, by its share of the time that it takes from now on. */
  #boots(seconds: number): (share: number) => Promise<void> {
    const { clock } = this.#options;
    const begunAtSeconds = clock.now();
    return (share) => this.#supervised.interruptible(until(clock, begunAtSeconds + seconds * share));
  }

  /** Where a hook waits for the application, it gives the instance up when its time is over. */
  async #startHooked(): Promise<TaskEndpoint> {
    const { clock, pool } = this.#options;
    const started = this.#startApplication();
    if (pool === null) return started;
    const late = new Deferred();
    const timer = clock.at(clock.now() + pool.hookSeconds, () => late.resolve());
    const failed = late.promise.then(() => {
      throw new StartFailure(`no answer within the ${pool.hookSeconds} s of its lifecycle hook`);
    });
    try {
      return await Promise.race([started, failed]);
    } finally {
      timer.cancel();
    }
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

  /** Waits until the application ends. False when the instance is asked to terminate or to move first. */
  async #applicationEnds(): Promise<boolean> {
    return !(await this.#untilMoved()) && this.#isActive;
  }

  /** Waits until the instance is to move: false when its application ends, or a stop is asked for first. */
  async #untilMoved(): Promise<boolean> {
    const ends = this.#supervised.interruptible(new Promise(() => undefined)).catch(() => undefined);
    await Promise.race([ends, this.#moved.promise]);
    if (!this.#moved.isResolved) return false;
    this.#moved = new Deferred();
    return true;
  }

  async #startAgain(): Promise<void> {
    const { clock, targets } = this.#options;
    await this.#supervised.interruptible(until(clock, clock.now() + applicationRestartSeconds));
    this.#endpoint = await this.#startApplication();
    if (this.#isRegistered) targets.relocate(this.id, this.#endpoint);
  }

  async #shutDown(): Promise<void> {
    const { clock, stopTimeoutSeconds } = this.#options;
    this.#become('Terminating');
    await this.#drain();
    await this.#supervised.end(clock, stopTimeoutSeconds);
  }

  async #drain(): Promise<void> {
    if (!this.#isRegistered) return;
    this.#isRegistered = false;
    await this.#supervised.drain(this.#options.targets.deregister(this.id));
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
