import type { Environment } from '@tideline/config';
import type { ServiceCounts } from '@tideline/evidence';
import type { Clock } from '../clock/clock.ts';
import type { Fleet, TargetHealthDescription } from '../fleet/fleet.ts';
import { Reconciler } from '../fleet/reconciler.ts';
import type { TaskDefinition } from '../tasks/task-definition.ts';
import type { Task } from '../tasks/task.ts';
import { fewestHealthy, mostActive, startBackoffSeconds } from './deployment.ts';
import { DeploymentController } from './deployment-controller.ts';
import type { EventLog } from '../fleet/event-log.ts';
import { ServiceEvents } from './service-events.ts';
import { serviceUtilisationKeys } from './utilisation-keys.ts';
import { nextTaskMoves, type CountedTask, type TaskMoves } from './task-moves.ts';
import type { TaskPlacement } from './task-placement.ts';

export interface ServiceSchedulerOptions {
  readonly environment: Pick<Environment, 'capacity' | 'deployment' | 'healthCheck' | 'container'>;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly targetGroup: string;
  /** Where tasks find room. */
  readonly placement: TaskPlacement;
  /** Creates a task, which then starts by itself; its changes must reach `taskChanged`. */
  readonly createTask: (placement: {
    /** Null where the placement finds it later. */
    readonly availabilityZone: string | null;
    readonly definition: TaskDefinition;
  }) => Task;
  readonly targetHealth: () => readonly TargetHealthDescription[];
  readonly firstDefinition: TaskDefinition;
  /** Called whenever the service has reached a steady state. */
  readonly onSteady: () => void;
  /** Called when a deployment has failed and there is no earlier one to return to. */
  readonly onStalled: (reason: string) => void;
}

/** Holds the desired count of healthy tasks: starts, replaces, spreads, deploys. */
export class ServiceScheduler implements Fleet {
  readonly kind = 'service';
  readonly unit = 'task';
  readonly utilisationKeys = serviceUtilisationKeys;
  readonly deployments: DeploymentController;
  readonly #options: ServiceSchedulerOptions;
  readonly #events: ServiceEvents;
  readonly #tasks = new Map<string, Task>();
  readonly #condemned = new Set<string>();
  readonly #extra = new Set<string>();
  /** Tasks that have passed their health check once. */
  readonly #proven = new Set<string>();
  /** Tasks that have been counted as failed. */
  readonly #failed = new Set<string>();
  #desired: number;
  #steady = false;
  /** Tasks in a row that ended before they ran. */
  #failedStarts = 0;
  #startNotBeforeSeconds = 0;
  readonly #reconciler: Reconciler;

  constructor(options: ServiceSchedulerOptions) {
    this.#options = options;
    this.#desired = options.environment.capacity.desired;
    this.#reconciler = new Reconciler(options.clock, () => this.#reconcile());
    this.#events = new ServiceEvents(options.log, options);
    this.deployments = new DeploymentController({
      clock: options.clock,
      log: options.log,
      circuitBreaker: options.environment.deployment.circuitBreaker,
      firstDefinition: options.firstDefinition,
    });
    this.#reconciler.queue();
  }

  get desired(): number {
    return this.#desired;
  }

  /** True when every desired task runs and is healthy, and nothing else is left. */
  get isSteady(): boolean {
    return this.#steady;
  }

  get isRollingOut(): boolean {
    return this.deployments.inProgress;
  }

  /** Nothing is scaled in while a deployment runs (Amazon ECS guide, service auto scaling). */
  get isScaleInHeld(): boolean {
    return this.isRollingOut;
  }

  setDesired(desired: number): void {
    if (desired === this.#desired) return;
    this.#desired = desired;
    this.#reconciler.queue();
  }

  /** Rolls out another version, task by task. */
  deploy(change: { readonly version: string; readonly variables: Readonly<Record<string, string>> }): void {
    this.deployments.start(change);
    this.#endBackoff();
    this.#reconciler.queue();
  }

  /** Takes a zone away, with everything that runs in it, as a power failure would. */
  loseZone(zone: string): void {
    this.#options.placement.loseZone(zone);
    for (const task of this.#tasks.values()) if (task.availabilityZone === zone) task.kill();
    this.#reconciler.queue();
  }

  restoreZone(zone: string): void {
    this.#options.placement.restoreZone(zone);
    this.#reconciler.queue();
  }

  /** To be called whenever there may be room for a task that waits for it, or a task may have to leave its place. */
  roomChanged(): void {
    this.#reconciler.queue();
  }

  task(id: string): Task | undefined {
    return this.#tasks.get(id);
  }

  /** Tasks that are not STOPPED. */
  tasks(): readonly Task[] {
    return [...this.#tasks.values()];
  }

  measured(): readonly Task[] {
    return this.tasks().filter(({ state }) => state === 'RUNNING');
  }

  /** Tasks count as soon as they run. */
  warmup(): null {
    return null;
  }

  counts(): ServiceCounts {
    const tasks = this.tasks();
    const targets = this.#options.targetHealth();
    const inState = (state: TargetHealthDescription['state']): number =>
      targets.filter((target) => target.state === state).length;
    return {
      desired: this.#desired,
      pending: tasks.filter(
        ({ state }) => state === 'PROVISIONING' || state === 'PENDING' || state === 'ACTIVATING',
      ).length,
      running: tasks.filter(({ state }) => state === 'RUNNING').length,
      healthy: inState('healthy'),
      unhealthy: inState('unhealthy'),
      draining: inState('draining'),
    };
  }

  /** To be called on every change of a task’s state. */
  taskChanged(task: Task): void {
    if (this.#reconciler.isClosed) return;
    this.#events.taskChanged(task);
    if (task.endedByItself) this.#countEnded(task);
    if (task.state === 'STOPPED') this.#forget(task);
    this.#reconciler.queue();
  }

  /** To be called whenever a target’s health may have changed. */
  healthChanged(): void {
    this.#reconciler.queue();
  }

  /** Starts and stops nothing any more. */
  close(): void {
    this.#reconciler.close();
  }

  #forget({ id }: Task): void {
    this.#tasks.delete(id);
    for (const ids of [this.#condemned, this.#extra, this.#proven, this.#failed]) ids.delete(id);
  }

  /** Counts a task that ended by itself before it was ever healthy; one that never ran makes the next start wait. */
  #countEnded(task: Task): void {
    if (this.#proven.has(task.id) || this.#failed.has(task.id)) return;
    if (task.runningSinceSeconds === undefined) {
      this.#failedStarts += 1;
      this.#startNotBeforeSeconds = this.#options.clock.now() + startBackoffSeconds(this.#failedStarts);
    }
    this.#countFailed(task, task.stoppedReason ?? 'unknown');
  }

  #countFailed(task: Task, reason: string): void {
    this.#failed.add(task.id);
    const { primary } = this.deployments;
    this.deployments.taskFailed(task.definition, this.#desired);
    if (this.deployments.isStalled) this.#options.onStalled(reason);
    if (this.deployments.primary.id !== primary.id) this.#endBackoff();
  }

  /** Another definition does not wait for the failures of the one before. */
  #endBackoff(): void {
    this.#failedStarts = 0;
    this.#startNotBeforeSeconds = 0;
  }

  #reconcile(): void {
    const { clock, environment, placement } = this.#options;
    this.#readHealth();
    const tasks = this.#countedTasks();
    const mayStart = !this.deployments.isStalled && clock.now() >= this.#startNotBeforeSeconds;
    const moves = nextTaskMoves({
      desired: this.#desired,
      tasks,
      zones: mayStart ? placement.zones : [],
      fewestHealthy: fewestHealthy(this.#desired, environment.deployment.minimumHealthyPercent),
      mostActive: mostActive(this.#desired, environment.deployment.maximumPercent),
      rebalancing: environment.deployment.availabilityZoneRebalancing && mayStart,
    });
    this.#stopTasks(moves.stop);
    const created = moves.start.map(({ availabilityZone, extra }) =>
      this.#startTask(availabilityZone, { extra }),
    );
    this.#place(created, this.#desired - tasks.length);
    this.#noteProgress();
    if (!mayStart && !this.deployments.isStalled) this.#reconciler.wakeAt(this.#startNotBeforeSeconds);
  }

  #stopTasks(stops: TaskMoves['stop']): void {
    this.#events.stopping(stops.flatMap(({ id }) => this.#tasks.get(id) ?? []));
    for (const { id, why } of stops) {
      this.#tasks
        .get(id)
        ?.stop(
          why === 'unhealthy' && this.#condemned.has(id)
            ? `Task failed ELB health checks in (target-group ${this.#options.targetGroup})`
            : `Scaling activity initiated by (deployment ${this.deployments.primary.id})`,
        );
    }
  }

  /** Finds room for the tasks that wait for it, those just created among them. */
  #place(created: readonly Task[], missing: number): void {
    const waiting = this.tasks().filter((task) => task.isActive && task.availabilityZone === null);
    const { placed, unable } = this.#options.placement.place({ waiting, missing });
    this.#events.started([...created.filter((task) => !waiting.includes(task)), ...placed]);
    if (unable !== null) this.#events.unableToPlace(unable);
  }

  #startTask(availabilityZone: string | null, { extra }: { readonly extra: boolean }): Task {
    const task = this.#options.createTask({
      availabilityZone,
      definition: this.deployments.primary.definition,
    });
    this.#tasks.set(task.id, task);
    if (extra) this.#extra.add(task.id);
    return task;
  }

  /** Condemns tasks that fail their health check beyond the grace period, and remembers those that have passed it. */
  #readHealth(): void {
    const { clock, environment } = this.#options;
    for (const target of this.#options.targetHealth()) {
      const task = this.#tasks.get(target.id);
      if (task === undefined) continue;
      if (target.state === 'healthy' && task.state === 'RUNNING' && !this.#proven.has(task.id)) {
        this.#proven.add(task.id);
        this.#failedStarts = 0;
        this.deployments.taskHealthy(task.definition);
      }
      if (target.state !== 'unhealthy' || this.#condemned.has(task.id) || !task.isActive) continue;
      const graceEnds =
        (task.runningSinceSeconds ?? clock.now()) + environment.healthCheck.gracePeriodSeconds;
      if (clock.now() < graceEnds) {
        this.#reconciler.wakeAt(graceEnds);
        continue;
      }
      this.#condemned.add(task.id);
      this.#events.unhealthy(task, target.reason);
      if (!this.#proven.has(task.id)) this.#countFailed(task, target.reason ?? 'Health checks failed');
    }
  }

  #countedTasks(): CountedTask[] {
    const healthy = new Set(
      this.#options.targetHealth().flatMap(({ id, state }) => (state === 'healthy' ? [id] : [])),
    );
    return this.tasks()
      .filter((task) => task.isActive)
      .map((task) => ({
        id: task.id,
        availabilityZone: task.availabilityZone,
        createdAtSeconds: task.createdAtSeconds,
        current: task.definition.revision === this.deployments.primary.definition.revision,
        healthy: task.state === 'RUNNING' && healthy.has(task.id),
        condemned: this.#condemned.has(task.id) || this.#options.placement.mustLeave(task),
        extra: this.#extra.has(task.id),
      }));
  }

  #noteProgress(): void {
    const active = this.#countedTasks();
    const wanted = active.filter((task) => task.current && task.healthy && !task.condemned);
    const reached = wanted.length === this.#desired && active.length === this.#desired;
    if (reached) this.deployments.complete();
    const steady = reached && this.#tasks.size === this.#desired;
    const arrived = steady && !this.#steady;
    this.#steady = steady;
    if (!arrived) return;
    this.#options.log.add('has reached a steady state');
    this.#options.onSteady();
  }
}
