import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../fleet/event-log.ts';
import type { BackendVersion, TaskDefinition } from '../tasks/task-runtime.ts';
import {
  failedReplacementsAllowed,
  type InstanceRefresh,
  type RefreshState,
  isUnderWay,
  longestStandstillSeconds,
} from './instance-refresh.ts';

/** A refresh cannot be started, or there is none to cancel. */
export class InstanceRefreshError extends Error {
  override readonly name = 'InstanceRefreshError';
}

export interface InstanceRefreshesOptions {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly autoRollback: boolean;
  readonly firstTemplate: TaskDefinition;
}

/** Which launch template version the group wants, how its rollout goes, and the way back when it fails. */
export class InstanceRefreshes {
  readonly #options: InstanceRefreshesOptions;
  readonly #history: InstanceRefresh[] = [];
  /** The group’s own version: a refresh changes it when it succeeds. */
  #settled: TaskDefinition;
  #latestRevision: number;
  #failedInRow = 0;
  #progressedAtSeconds = 0;

  constructor(options: InstanceRefreshesOptions) {
    this.#options = options;
    this.#settled = options.firstTemplate;
    this.#latestRevision = options.firstTemplate.revision;
  }

  /** Every refresh since the start, oldest first. */
  all(): readonly InstanceRefresh[] {
    return this.#history;
  }

  /** The refresh, or its rollback, that is under way. */
  get active(): InstanceRefresh | undefined {
    const last = this.#history.at(-1);
    return last !== undefined && isUnderWay(last) ? last : undefined;
  }

  /** The version that new instances get. */
  get template(): TaskDefinition {
    return this.active?.status === 'InProgress' ? this.active.template : this.#settled;
  }

  /** When the refresh under way fails unless it moves; Infinity without one. */
  get standstillEndsAtSeconds(): number {
    return this.active === undefined ? Infinity : this.#progressedAtSeconds + longestStandstillSeconds;
  }

  /** @throws InstanceRefreshError while another is under way */
  start(change: BackendVersion): InstanceRefresh {
    if (this.active !== undefined)
      throw new InstanceRefreshError(
        `instance refresh ${this.active.instanceRefreshId} is ${this.active.status}; cancel it first, or wait until it has ended`,
      );
    this.#latestRevision += 1;
    const { clock, log } = this.#options;
    this.#resetCounts();
    const refresh: InstanceRefresh = {
      instanceRefreshId: `refresh-${String(this.#history.length + 1).padStart(4, '0')}`,
      status: 'InProgress',
      template: { revision: this.#latestRevision, ...change },
      startedAtSeconds: clock.now(),
      percentageComplete: 0,
      instancesToUpdate: 0,
    };
    this.#history.push(refresh);
    log.add(
      `has started (instance refresh ${refresh.instanceRefreshId}) to launch template version ${this.#latestRevision}`,
    );
    return refresh;
  }

  /** Stops the refresh under way; what it has replaced stays. @throws InstanceRefreshError when there is none, or it rolls back */
  cancel(): InstanceRefresh {
    if (this.active?.status !== 'InProgress')
      throw new InstanceRefreshError(
        'no instance refresh is in progress; GET /instance-refreshes lists them',
      );
    return this.#end('Cancelled', 'it was cancelled');
  }

  /** A replacement ended, or failed its health check, before it was ever healthy. */
  replacementFailed(template: TaskDefinition, reason: string): void {
    if (this.active === undefined || template.revision !== this.template.revision) return;
    this.#failedInRow += 1;
    if (this.#failedInRow > failedReplacementsAllowed)
      this.#fail(`${this.#failedInRow} replacements in a row were never healthy; the last one: ${reason}`);
  }

  /** A replacement is healthy: failures are counted from zero again. */
  replacementHealthy(template: TaskDefinition): void {
    if (template.revision === this.template.revision) this.#failedInRow = 0;
  }

  /** Takes stock of how far it has come. */
  progress(state: RefreshState): void {
    const { active } = this;
    if (active === undefined) return;
    const done = Math.min(state.ready, state.desired);
    const percentageComplete = state.desired === 0 ? 100 : Math.floor((100 * done) / state.desired);
    const moved = percentageComplete > active.percentageComplete;
    if (moved) this.#progressedAtSeconds = this.#options.clock.now();
    this.#update({ percentageComplete, instancesToUpdate: state.desired - done });
    const rollback = active.status === 'RollbackInProgress';
    if (done === state.desired && state.othersLeft === 0) {
      if (!rollback) this.#settled = active.template;
      this.#end(rollback ? 'RollbackSuccessful' : 'Successful');
    } else if (this.#options.clock.now() >= this.standstillEndsAtSeconds) {
      this.#fail('it made no progress for an hour');
    } else if (moved && !rollback) {
      this.#options.log.add(
        `(instance refresh ${active.instanceRefreshId}) is ${percentageComplete} % complete`,
      );
    }
  }

  #fail(reason: string): void {
    const { active } = this;
    if (active === undefined) return;
    if (active.status === 'RollbackInProgress') {
      this.#end('RollbackFailed', reason);
      return;
    }
    if (!this.#options.autoRollback) {
      this.#end('Failed', reason);
      return;
    }
    this.#resetCounts();
    this.#update({ status: 'RollbackInProgress', statusReason: reason, percentageComplete: 0 });
    this.#options.log.add(
      `(instance refresh ${active.instanceRefreshId}) failed: ${reason}. Rolling back to launch template version ${this.#settled.revision}`,
    );
  }

  #end(status: InstanceRefresh['status'], statusReason?: string): InstanceRefresh {
    const ended = this.#update({
      status,
      endedAtSeconds: this.#options.clock.now(),
      ...(statusReason === undefined ? {} : { statusReason }),
    });
    const why = statusReason === undefined ? '' : `: ${statusReason}`;
    this.#options.log.add(`(instance refresh ${ended.instanceRefreshId}) is ${status}${why}`);
    return ended;
  }

  #resetCounts(): void {
    this.#failedInRow = 0;
    this.#progressedAtSeconds = this.#options.clock.now();
  }

  #update(change: Partial<InstanceRefresh>): InstanceRefresh {
    const last = this.#history.at(-1);
    if (last === undefined) throw new Error('an update needs a refresh');
    const updated = { ...last, ...change };
    this.#history[this.#history.length - 1] = updated;
    return updated;
  }
}
