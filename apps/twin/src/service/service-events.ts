import type { Task } from '../tasks/task.ts';
import type { EventLog } from '../fleet/event-log.ts';
import type { Deployment } from './deployment.ts';

/** Says what the scheduler and its tasks do, in ECS’s sentences, and why a task ended that nobody asked to stop. */
export class ServiceEvents {
  readonly #log: EventLog;
  readonly #targetGroup: string;
  readonly #port: number;
  #placementFailed = false;
  #heldIds = '';

  constructor(
    log: EventLog,
    options: {
      readonly targetGroup: string;
      readonly environment: { readonly container: { readonly port: number } };
    },
  ) {
    this.#log = log;
    this.#targetGroup = options.targetGroup;
    this.#port = options.environment.container.port;
  }

  started(tasks: readonly Task[]): void {
    if (tasks.length === 0) return;
    this.#placementFailed = false;
    this.#log.add(`has started ${tasks.length} tasks: ${listed(tasks)}`);
  }

  /** @param tasks that are asked to stop now; those that do not run yet end without a word, as at ECS */
  stopping(tasks: readonly Task[]): void {
    const running = tasks.filter(({ state }) => state === 'RUNNING');
    if (running.length === 0) return;
    this.#log.add(`has stopped ${running.length} running tasks: ${listed(running)}`);
  }

  /**
   * ECS sends an event when protected tasks keep a deployment from its steady state, and publishes no sentence of it (Amazon
   * ECS guide, task scale-in protection). Said once for the same tasks. @param tasks that stay because they are protected
   */
  held(tasks: readonly Task[], { id, rolloutState }: Deployment): void {
    const ids = listed(tasks);
    if (ids === this.#heldIds) return;
    this.#heldIds = ids;
    if (tasks.length === 0) return;
    const waiting =
      rolloutState === 'IN_PROGRESS' ? `(deployment ${id}) is waiting` : 'is waiting to scale in';
    this.#log.add(`${waiting}: ${tasks.length} tasks are protected from scale-in: ${ids}`);
  }

  /** Said once until something is placed again. */
  unableToPlace(sentence: string): void {
    if (this.#placementFailed) return;
    this.#placementFailed = true;
    this.#log.add(
      `${sentence}. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide`,
    );
  }

  unhealthy(task: Task, reason: string | undefined): void {
    this.#log.add(
      `${this.#address(task)} is unhealthy in (target-group ${this.#targetGroup}) due to (reason ${reason ?? 'Health checks failed'})`,
    );
  }

  #address({ id, host }: Task): string {
    return host === null
      ? `(task ${id}) (port ${this.#port})`
      : `(instance ${host.instanceId}) (port ${host.hostPort})`;
  }

  taskChanged(task: Task): void {
    switch (task.state) {
      case 'ACTIVATING':
        this.#log.add(`registered 1 targets in (target-group ${this.#targetGroup})`, '');
        return;
      case 'DEACTIVATING':
        this.#log.add(`deregistered 1 targets in (target-group ${this.#targetGroup})`, '');
        this.#log.add('has begun draining connections on 1 tasks');
        return;
      case 'PROVISIONING':
      case 'PENDING':
      case 'RUNNING':
      case 'STOPPING':
        return;
      case 'STOPPED':
        // ECS says this of the task alone (stoppedReason), which it keeps for an hour; here a task that has ended is gone.
        if (task.endedByItself)
          this.#log.add(`(task ${task.id}) stopped: ${task.stoppedReason ?? 'unknown'}`);
        return;
    }
  }
}

const listed = (tasks: readonly Task[]): string => tasks.map(({ id }) => `(task ${id})`).join(' ');
