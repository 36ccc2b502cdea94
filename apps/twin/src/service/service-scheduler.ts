import { type Environment, metricKey } from '@tideline/config';
import type { ServiceCounts } from '@tideline/evidence';
import type { Clock } from '../clock/clock.ts';
import type { Fleet, TargetHealthDescription } from '../fleet/fleet.ts';
import { Reconciler } from '../fleet/reconciler.ts';
import { healthyTargets, targetCounts } from '../fleet/target-counts.ts';
import type { BackendVersion, TaskDefinition } from '../tasks/task-runtime.ts';
import type { Task } from '../tasks/task.ts';
import type { CountedTask } from './counted-task.ts';
import { fewestHealthy, mostActive } from './deployment.ts';
import { DeploymentController } from './deployment-controller.ts';
import type { EventLog } from '../fleet/event-log.ts';
import { ServiceEvents } from './service-events.ts';
import { heldTasks, nextTaskMoves, type TaskMoves } from './task-moves.ts';
import { TaskHealth } from './task-health.ts';
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

const utilisationKey = (metricName: string): string =>
  metricKey({ namespace: 'AWS/ECS', metricName, dimensions: {}, statistic: 'Average' });

/** Metrics of an ECS service. */
export const serviceUtilisationKeys = {
  cpu: utilisationKey('CPUUtilization'),
  memory: utilisationKey('MemoryUtilization'),
};

/** Holds the desired count of healthy tasks: starts, replaces, spreads, deploys. */
export class ServiceScheduler implements Fleet {
  readonly kind = 'service';
  readonly unit = 'task';
  readonly utilisationKeys = serviceUtilisationKeys;
  readonly deployments: DeploymentController;
  readonly #options: ServiceSchedulerOptions;
  readonly #events: ServiceEvents;
  readonly #tasks = new Map<string, Task>();
  readonly #extra = new Set<string>();
  #desired: number;
  #steady = false;
  readonly #reconciler: Reconciler;
  readonly #health: TaskHealth;

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
    this.#health = new TaskHealth({
      clock: options.clock,
      gracePeriodSeconds: options.environment.healthCheck.gracePeriodSeconds,
      deployments: this.deployments,
      events: this.#events,
      desired: () => this.#desired,
      wakeAt: (seconds) => this.#reconciler.wakeAt(seconds),
      onStalled: options.onStalled,
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
  deploy(change: BackendVersion): void {
    this.deployments.start(change);
    this.#health.endBackoff();
    this.#reconciler.queue();
  }

  /** Takes a zone away, with everything that runs in it, as a power failure would. */
  loseZone(zone: string): void {
    this.#options.placement.loseZone(zone);
    for (const task of this.#tasks.values())
      if (task.availabilityZone === zone)
        task.lose('zone-loss', 'The Availability Zone of the task was lost');
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
    return {
      desired: this.#desired,
      pending: tasks.filter(
        ({ state }) => state === 'PROVISIONING' || state === 'PENDING' || state === 'ACTIVATING',
      ).length,
      running: tasks.filter(({ state }) => state === 'RUNNING').length,
      ...targetCounts(this.#options.targetHealth()),
    };
  }

  /** To be called on every change of a task’s state. */
  taskChanged(task: Task): void {
    if (this.#reconciler.isClosed) return;
    this.#events.taskChanged(task);
    if (task.endedByItself) this.#health.countEnded(task);
    if (task.state === 'STOPPED') {
      this.#tasks.delete(task.id);
      this.#extra.delete(task.id);
      this.#health.forget(task.id);
    }
    this.#reconciler.queue();
  }

  /** To be called whenever a task’s protection from scale-in was set or taken off. */
  protectionChanged(): void {
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

  #reconcile(): void {
    const { clock, environment, placement } = this.#options;
    this.#health.read(this.#tasks, this.#options.targetHealth());
    const tasks = this.#countedTasks();
    const mayStart = !this.deployments.isStalled && clock.now() >= this.#health.startNotBeforeSeconds;
    const moves = nextTaskMoves({
      desired: this.#desired,
      tasks,
      zones: mayStart ? placement.zones : [],
      fewestHealthy: fewestHealthy(this.#desired, environment.deployment.minimumHealthyPercent),
      mostActive: mostActive(this.#desired, environment.deployment.maximumPercent),
      rebalancing: environment.deployment.availabilityZoneRebalancing && mayStart,
    });
    this.#stopTasks(moves.stop);
    this.#noteHeld(heldTasks({ desired: this.#desired, tasks }));
    const created = moves.start.map(({ availabilityZone, extra }) =>
      this.#startTask(availabilityZone, { extra }),
    );
    this.#place(created, this.#desired - tasks.length);
    this.#noteProgress();
    if (!mayStart && !this.deployments.isStalled) this.#reconciler.wakeAt(this.#health.startNotBeforeSeconds);
  }

  #stopTasks(stops: TaskMoves['stop']): void {
    this.#events.stopping(stops.flatMap(({ id }) => this.#tasks.get(id) ?? []));
    for (const { id, why } of stops) {
      this.#tasks
        .get(id)
        ?.stop(
          why === 'unhealthy' && this.#health.isCondemned(id)
            ? `Task failed ELB health checks in (target-group ${this.#options.targetGroup})`
            : `Scaling activity initiated by (deployment ${this.deployments.primary.id})`,
        );
    }
  }

  /** Looks again when the first of the protections that are in the way expires. */
  #noteHeld(ids: readonly string[]): void {
    const held = ids.flatMap((id) => this.#tasks.get(id) ?? []);
    this.#events.held(held, this.deployments.primary);
    const expirations = held.flatMap(({ protectedUntilSeconds }) => protectedUntilSeconds ?? []);
    if (expirations.length > 0) this.#reconciler.wakeAt(Math.min(...expirations));
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

  #countedTasks(): CountedTask[] {
    const healthy = healthyTargets(this.#options.targetHealth());
    return this.tasks()
      .filter((task) => task.isActive)
      .map((task) => ({
        id: task.id,
        availabilityZone: task.availabilityZone,
        createdAtSeconds: task.createdAtSeconds,
        current: task.definition.revision === this.deployments.primary.definition.revision,
        healthy: task.state === 'RUNNING' && healthy.has(task.id),
        condemned: this.#health.isCondemned(task.id) || this.#options.placement.mustLeave(task),
        extra: this.#extra.has(task.id),
        isProtected: task.protectedUntilSeconds !== null,
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
