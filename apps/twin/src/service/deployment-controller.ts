import type { Environment } from '@tideline/config';
import type { Clock } from '../clock/clock.ts';
import type { BackendVersion, TaskDefinition } from '../tasks/task-runtime.ts';
import { circuitBreakerThreshold, type Deployment } from './deployment.ts';
import type { EventLog } from '../fleet/event-log.ts';

export interface DeploymentControllerOptions {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly circuitBreaker: Environment['deployment']['circuitBreaker'];
  readonly firstDefinition: TaskDefinition;
}

/** Which task definition the service runs, how its rollout goes, and the way back when it fails. */
export class DeploymentController {
  readonly #options: DeploymentControllerOptions;
  readonly #history: Deployment[] = [];
  #lastCompleted: TaskDefinition | undefined;
  #latestRevision: number;

  constructor(options: DeploymentControllerOptions) {
    this.#options = options;
    this.#latestRevision = options.firstDefinition.revision;
    this.#begin(options.firstDefinition);
  }

  /** The deployment whose definition new tasks get. */
  get primary(): Deployment {
    const primary = this.#history.at(-1);
    if (primary === undefined) throw new Error('a service has at least one deployment');
    return primary;
  }

  get inProgress(): boolean {
    return this.primary.rolloutState === 'IN_PROGRESS';
  }

  /** A failed deployment that was not rolled back: nothing starts until the next one. */
  get isStalled(): boolean {
    return this.primary.rolloutState === 'FAILED';
  }

  /** Every deployment since the start, oldest first. */
  all(): readonly Deployment[] {
    return this.#history;
  }

  start(change: BackendVersion): void {
    this.#latestRevision += 1;
    if (this.inProgress) this.#update({ rolloutState: 'STOPPED' });
    this.#begin({ revision: this.#latestRevision, ...change });
  }

  /** A task ended, or failed its health check, before it was ever healthy. */
  taskFailed(definition: TaskDefinition, desired: number): void {
    if (!this.inProgress || definition.revision !== this.primary.definition.revision) return;
    this.#update({ failedTasks: this.primary.failedTasks + 1 });
    const { enabled, rollback } = this.#options.circuitBreaker;
    if (!enabled || this.primary.failedTasks < circuitBreakerThreshold(desired)) return;
    this.#update({ rolloutState: 'FAILED' });
    this.#options.log.add(`(deployment ${this.primary.id}) deployment failed: tasks failed to start`);
    // A rollback that fails itself has nowhere to return to.
    const last = this.#lastCompleted;
    if (rollback && last !== undefined && last.revision !== definition.revision) {
      this.#begin(last);
      this.#options.log.add(`rolling back to deployment ${this.primary.id}`);
    }
  }

  /** A task of this definition passed its health check: failures are counted from zero again. */
  taskHealthy(definition: TaskDefinition): void {
    if (definition.revision === this.primary.definition.revision && this.primary.failedTasks > 0) {
      this.#update({ failedTasks: 0 });
    }
  }

  /** Every wanted task is healthy and no other is left. */
  complete(): void {
    if (!this.inProgress) return;
    this.#update({ rolloutState: 'COMPLETED' });
    this.#lastCompleted = this.primary.definition;
    this.#options.log.add(`(deployment ${this.primary.id}) deployment completed`);
  }

  #begin(definition: TaskDefinition): void {
    this.#history.push({
      id: `ecs-svc/${String(this.#history.length + 1).padStart(4, '0')}`,
      definition,
      startedAtSeconds: this.#options.clock.now(),
      rolloutState: 'IN_PROGRESS',
      failedTasks: 0,
    });
  }

  #update(change: Partial<Pick<Deployment, 'rolloutState' | 'failedTasks'>>): void {
    this.#history[this.#history.length - 1] = { ...this.primary, ...change };
  }
}
