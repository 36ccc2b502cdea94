import { type Environment, reservationKey, reservationPeriodSeconds, resourceNames } from '@tideline/config';
import type { CapacityProvider } from '@tideline/evidence';
import {
  capacityReservationPercent,
  instancesNeeded,
  metricLagSeconds,
  planManagedScaling,
} from '@tideline/scaling';
import { ActivityLog } from '../autoscaler/activity-log.ts';
import { Autoscaler } from '../autoscaler/autoscaler.ts';
import type { Clock } from '../clock/clock.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import type { ManagedInstances } from './capacity-provider-group.ts';

export interface ManagedScalingOptions {
  readonly environment: Environment;
  readonly managedInstances: ManagedInstances;
  readonly clock: Clock;
  readonly store: MetricStore;
  /** Resolves when every period that has ended is in the store. */
  readonly metricsSettled: () => Promise<void>;
}

/**
 * Managed scaling of the capacity provider: publishes `CapacityProviderReservation` each minute, and has its target
 * tracking move the desired capacity of the group.
 */
export class ManagedScaling {
  readonly #options: ManagedScalingOptions;
  readonly #autoscaler: Autoscaler;
  readonly #activities: ActivityLog;
  /** N of each datapoint: what the next capacity is worked out from is what the metric was worked out from. */
  readonly #counted: { readonly startSeconds: number; readonly instances: number }[] = [];
  readonly #lagSeconds: number;

  constructor(options: ManagedScalingOptions) {
    const { environment, managedInstances, clock, store, metricsSettled } = options;
    const { group, compute } = managedInstances;
    this.#options = options;
    this.#lagSeconds = metricLagSeconds(environment, reservationPeriodSeconds);
    this.#activities = new ActivityLog();
    group.whenSettled((desired) => this.#activities.reached(desired));
    this.#autoscaler = new Autoscaler({
      environment,
      plan: planManagedScaling(environment, compute),
      clock,
      store,
      activities: this.#activities,
      metricsSettled,
      fleet: {
        isScaleInHeld: false,
        counts: () => ({ running: this.#base(), desired: group.desired }),
        warmup: () => ({ warm: this.#base(), warming: group.warmup().warming }),
        setDesired: (desired) => group.setDesired(desired),
      },
    });
  }

  /** Publishes the datapoint of the period that began at `startSeconds` and has just ended. */
  collect(startSeconds: number): void {
    const { managedInstances, store } = this.#options;
    const running = managedInstances.group.kept().length;
    const occupied = managedInstances.group.kept().filter(({ tasks }) => tasks > 0).length;
    const needed = instancesNeeded(managedInstances.compute, {
      occupied,
      waiting: managedInstances.waitingTasks(),
    });
    this.#counted.push({ startSeconds, instances: running });
    store.put(
      reservationKey,
      { startSeconds, value: capacityReservationPercent({ needed, running }) },
      { unit: 'Percent', periodSeconds: reservationPeriodSeconds },
    );
  }

  /** What can be seen of the capacity provider now. */
  observe(): CapacityProvider {
    const { environment, managedInstances } = this.#options;
    return {
      name: resourceNames(environment).capacityProvider,
      capacity: this.#autoscaler.capacity,
      instances: managedInstances.group.counts(),
      waitingTasks: managedInstances.waitingTasks(),
      policies: this.#autoscaler.policies(),
      activities: [...this.#activities.all()],
    };
  }

  close(): void {
    this.#autoscaler.close();
    this.#options.managedInstances.group.close();
  }

  /** N of the newest datapoint that is visible; 1 for 0, which 200 % of makes the two that ECS begins with. */
  #base(): number {
    const visibleFrom = this.#options.clock.now() - this.#lagSeconds - reservationPeriodSeconds;
    const newest = this.#counted.findLast(
      ({ startSeconds }) => startSeconds <= visibleFrom + toleranceSeconds,
    );
    return Math.max(1, newest?.instances ?? this.#options.managedInstances.group.kept().length);
  }
}

/** Timers fire a little late, never early; this only absorbs rounding. */
const toleranceSeconds = 1e-6;
