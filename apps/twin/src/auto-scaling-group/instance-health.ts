import type { Clock } from '../clock/clock.ts';
import type { TargetHealthDescription } from '../fleet/fleet.ts';
import type { Instance } from './instance.ts';
import type { InstanceRefreshes } from './instance-refreshes.ts';

export interface InstanceHealthOptions {
  readonly clock: Clock;
  readonly gracePeriodSeconds: number;
  readonly refreshes: Pick<InstanceRefreshes, 'replacementHealthy' | 'replacementFailed'>;
  /** Asks for another reading at this cloud time. */
  readonly wakeAt: (seconds: number) => void;
  /** The instance fails its health check beyond the grace period: it must go. */
  readonly onUnhealthy: (instance: Instance, reason: string) => void;
  /** Called when the first instances keep failing. */
  readonly onStalled: (reason: string) => void;
}

/** Instances in a row that fail before any was ever healthy, until the group calls itself stalled. */
const failuresUntilStalled = 3;

/** Judges the instances of a group by their targets, and counts those that were never healthy. */
export class InstanceHealth {
  readonly #options: InstanceHealthOptions;
  /** Instances that have passed their health check once. */
  readonly #proven = new Set<string>();
  #wasEverHealthy = false;
  #failedInRow = 0;

  constructor(options: InstanceHealthOptions) {
    this.#options = options;
  }

  /** Gives up instances whose target is not healthy after their grace period, which begins in service. */
  read(instances: readonly Instance[], targetHealth: readonly TargetHealthDescription[]): void {
    const { clock, gracePeriodSeconds, wakeAt, onUnhealthy } = this.#options;
    const targets = new Map(targetHealth.map((target) => [target.id, target]));
    for (const instance of instances) {
      const target = targets.get(instance.id);
      if (target?.state === 'healthy') this.#noteHealthy(instance);
      // Until its application listens there is no target here; at AWS there is one that answers nothing.
      const failing = target === undefined || target.state === 'unhealthy';
      if (instance.inServiceSinceSeconds === undefined || !failing) continue;
      const graceEndsSeconds = instance.inServiceSinceSeconds + gracePeriodSeconds;
      if (clock.now() < graceEndsSeconds) {
        wakeAt(graceEndsSeconds);
        continue;
      }
      const reason = target?.reason ?? 'no answer within the grace period';
      onUnhealthy(instance, reason);
      this.countFailed(instance, reason);
    }
  }

  /** Counts an instance that failed, unless it was healthy before. */
  countFailed({ id, template }: Instance, reason: string): void {
    if (this.#proven.has(id)) return;
    this.#options.refreshes.replacementFailed(template, reason);
    this.#failedInRow += 1;
    if (!this.#wasEverHealthy && this.#failedInRow >= failuresUntilStalled) this.#options.onStalled(reason);
  }

  forget(id: string): void {
    this.#proven.delete(id);
  }

  #noteHealthy({ id, template }: Instance): void {
    if (this.#proven.has(id)) return;
    this.#proven.add(id);
    this.#wasEverHealthy = true;
    this.#failedInRow = 0;
    this.#options.refreshes.replacementHealthy(template);
  }
}
