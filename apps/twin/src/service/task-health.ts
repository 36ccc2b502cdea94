import type { Clock } from '../clock/clock.ts';
import type { TargetHealthDescription } from '../fleet/fleet.ts';
import type { Task } from '../tasks/task.ts';
import { startBackoffSeconds } from './deployment.ts';
import type { DeploymentController } from './deployment-controller.ts';
import type { ServiceEvents } from './service-events.ts';

export interface TaskHealthOptions {
  readonly clock: Clock;
  readonly gracePeriodSeconds: number;
  readonly deployments: DeploymentController;
  readonly events: Pick<ServiceEvents, 'unhealthy'>;
  readonly desired: () => number;
  /** Asks for another reading at this cloud time. */
  readonly wakeAt: (seconds: number) => void;
  /** Called when a deployment has failed and there is no earlier one to return to. */
  readonly onStalled: (reason: string) => void;
}

/** Judges the tasks of a service: which to replace, which count as failed, and how long the next start waits. */
export class TaskHealth {
  readonly #options: TaskHealthOptions;
  readonly #condemned = new Set<string>();
  /** Tasks that have passed their health check once. */
  readonly #proven = new Set<string>();
  /** Tasks that have been counted as failed. */
  readonly #failed = new Set<string>();
  /** Tasks in a row that ended before they ran. */
  #failedStarts = 0;
  #startNotBeforeSeconds = 0;

  constructor(options: TaskHealthOptions) {
    this.#options = options;
  }

  /** No task may start before this cloud time. */
  get startNotBeforeSeconds(): number {
    return this.#startNotBeforeSeconds;
  }

  /** The task failed its health check beyond the grace period. */
  isCondemned(id: string): boolean {
    return this.#condemned.has(id);
  }

  /** Condemns tasks that fail their health check beyond the grace period, and remembers those that have passed it. */
  read(tasks: ReadonlyMap<string, Task>, targets: readonly TargetHealthDescription[]): void {
    const { clock, gracePeriodSeconds, deployments, events, wakeAt } = this.#options;
    for (const target of targets) {
      const task = tasks.get(target.id);
      if (task === undefined) continue;
      if (target.state === 'healthy' && task.state === 'RUNNING' && !this.#proven.has(task.id)) {
        this.#proven.add(task.id);
        this.#failedStarts = 0;
        deployments.taskHealthy(task.definition);
      }
      if (target.state !== 'unhealthy' || this.#condemned.has(task.id) || !task.isActive) continue;
      const graceEndsSeconds = (task.runningSinceSeconds ?? clock.now()) + gracePeriodSeconds;
      if (clock.now() < graceEndsSeconds) {
        wakeAt(graceEndsSeconds);
        continue;
      }
      this.#condemned.add(task.id);
      events.unhealthy(task, target.reason);
      if (!this.#proven.has(task.id)) this.#countFailed(task, target.reason ?? 'Health checks failed');
    }
  }

  /** Counts a task that ended by itself before it was ever healthy; one that never ran makes the next start wait. */
  countEnded(task: Task): void {
    if (this.#proven.has(task.id) || this.#failed.has(task.id)) return;
    if (task.runningSinceSeconds === undefined) {
      this.#failedStarts += 1;
      this.#startNotBeforeSeconds = this.#options.clock.now() + startBackoffSeconds(this.#failedStarts);
    }
    this.#countFailed(task, task.stoppedReason ?? 'unknown');
  }

  /** Another definition does not wait for the failures of the one before. */
  endBackoff(): void {
    this.#failedStarts = 0;
    this.#startNotBeforeSeconds = 0;
  }

  forget(id: string): void {
    for (const ids of [this.#condemned, this.#proven, this.#failed]) ids.delete(id);
  }

  #countFailed(task: Task, reason: string): void {
    const { deployments, desired, onStalled } = this.#options;
    this.#failed.add(task.id);
    const { primary } = deployments;
    deployments.taskFailed(task.definition, desired());
    if (deployments.isStalled) onStalled(reason);
    if (deployments.primary.id !== primary.id) this.endBackoff();
  }
}
