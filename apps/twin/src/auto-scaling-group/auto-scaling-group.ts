import type { ServiceCounts } from '@tideline/evidence';
import type { WarmupCounts } from '@tideline/scaling';
import type { Fleet } from '../fleet/fleet.ts';
import { Reconciler } from '../fleet/reconciler.ts';
import { healthyTargets, targetCounts } from '../fleet/target-counts.ts';
import type { BackendVersion } from '../tasks/task-runtime.ts';
import { AutoScalingGroupEvents } from './auto-scaling-group-events.ts';
import { nextInstanceMoves, type InstanceMoves, type CountedInstance } from './instance-moves.ts';
import type { Instance } from './instance.ts';
import { InstanceHealth } from './instance-health.ts';
import { type AutoScalingGroupOptions, groupUtilisationKeys } from './auto-scaling-group-options.ts';
import { countedInstances } from './counted-instances.ts';
import { type GroupWarmPool, createGroupWarmPool } from './group-warm-pool.ts';
import { InstanceRefreshes } from './instance-refreshes.ts';
import { InstanceWarmups } from './instance-warmups.ts';
import { refreshBounds, refreshState } from './instance-refresh.ts';

/** Holds the desired capacity of healthy instances: launches, replaces, spreads, refreshes. */
export class AutoScalingGroup implements Fleet {
  readonly kind = 'group';
  readonly unit = 'instance';
  readonly utilisationKeys = groupUtilisationKeys;
  /** A refresh does not keep policies from scaling in; instances that warm up do. */
  readonly isScaleInHeld = false;
  readonly refreshes: InstanceRefreshes;
  readonly #options: AutoScalingGroupOptions;
  readonly #events: AutoScalingGroupEvents;
  readonly #reconciler: Reconciler;
  readonly #health: InstanceHealth;
  readonly #instances = new Map<string, Instance>();
  readonly #extra = new Set<string>();
  readonly #lostZones = new Set<string>();
  readonly #warmups: InstanceWarmups;
  readonly #pool: GroupWarmPool | null;
  readonly #protected = new Set<string>();
  #desired: number;
  #isSteady = false;

  constructor(options: AutoScalingGroupOptions) {
    this.#options = options;
    this.#desired = options.environment.capacity.desired;
    this.#events = new AutoScalingGroupEvents(options.log);
    this.refreshes = new InstanceRefreshes({
      clock: options.clock,
      log: options.log,
      autoRollback: options.compute.instanceRefresh.autoRollback,
      firstTemplate: options.firstTemplate,
    });
    this.#reconciler = new Reconciler(options.clock, () => this.#reconcile());
    this.#health = new InstanceHealth({
      clock: options.clock,
      gracePeriodSeconds: options.environment.healthCheck.gracePeriodSeconds,
      refreshes: this.refreshes,
      wakeAt: (seconds) => this.#reconciler.wakeAt(seconds),
      onUnhealthy: (instance, reason) => {
        this.#events.unhealthy(instance, reason);
        instance.terminate();
      },
      onStalled: options.onStalled,
    });
    this.#warmups = new InstanceWarmups({
      clock: options.clock,
      warmupSeconds: options.compute.warmupSeconds,
      wakeAt: (seconds) => this.#reconciler.wakeAt(seconds),
      onWarm: (instance) => {
        this.#events.warm(instance);
        options.onWarm(instance);
      },
    });
    this.#pool = createGroupWarmPool(options.compute.warmPool, {
      max: options.environment.capacity.max,
      log: options.log,
      launch: (availabilityZone) => this.#launch(availabilityZone, 'pool'),
    });
    this.#reconciler.queue();
  }

  get desired(): number {
    return this.#desired;
  }

  /** True when the desired capacity is in service and healthy, and nothing else is left. */
  get isSteady(): boolean {
    return this.#isSteady;
  }

  get isRollingOut(): boolean {
    return this.refreshes.active !== undefined;
  }

  setDesired(desired: number): void {
    if (desired === this.#desired) return;
    this.#events.desiredChanged(this.#desired, desired);
    this.#desired = desired;
    this.#reconciler.queue();
  }

  /** A scheduled action has moved the maximum, which a warm pool fills up to. */
  setMaximum(max: number): void {
    this.#pool?.setMaximum(max);
    this.#reconciler.queue();
  }

  /** Replaces every instance by one of another launch template version. @throws InstanceRefreshError */
  startRefresh(change: BackendVersion): void {
    this.refreshes.start(change);
    this.#reconciler.queue();
  }

  /** @throws InstanceRefreshError when none is in progress */
  cancelRefresh(): void {
    this.refreshes.cancel();
    this.#reconciler.queue();
  }

  /** Terminates an instance in order. Desired capacity stays: another one takes its place. */
  terminate(instance: Instance): void {
    if (!instance.isActive) return;
    this.#events.terminatedByUser(instance);
    instance.terminate();
    this.#reconciler.queue();
  }

  loseZone(zone: string): void {
    this.#lostZones.add(zone);
    for (const instance of this.#instances.values())
      if (instance.availabilityZone === zone) instance.lose('zone-loss');
    this.#reconciler.queue();
  }

  restoreZone(zone: string): void {
    this.#lostZones.delete(zone);
    this.#reconciler.queue();
  }

  instance(id: string): Instance | undefined {
    return this.#instances.get(id);
  }

  /** Instances that are not Terminated. */
  instances(): readonly Instance[] {
    return [...this.#instances.values()];
  }

  isWarm(instance: Instance): boolean {
    return this.#warmups.isWarm(instance);
  }

  isProtected({ id }: Instance): boolean {
    return this.#protected.has(id);
  }

  /** Protects an instance from scale-in, or takes its protection off (EC2 Auto Scaling API reference, SetInstanceProtection). */
  setProtection({ id }: Instance, protection: 'protected' | 'unprotected'): void {
    if (protection === 'protected') this.#protected.add(id);
    else this.#protected.delete(id);
    this.#reconciler.queue();
  }

  measured(): readonly Instance[] {
    return this.#active().filter((instance) => this.isWarm(instance));
  }

  warmup(): WarmupCounts {
    const warm = this.measured().length;
    return { warm, warming: this.#active().length - warm };
  }

  counts(): ServiceCounts {
    const active = this.#active();
    return {
      desired: this.#desired,
      pending: active.filter(({ state }) => state === 'Pending').length,
      running: active.filter(({ state }) => state === 'InService').length,
      warming: this.warmup().warming,
      ...(this.#pool === null ? {} : { warmed: this.#pool.of(this.instances()).length }),
      ...targetCounts(this.#options.targetHealth()),
    };
  }

  /** To be called on every change of an instance’s state. */
  instanceChanged(instance: Instance): void {
    if (this.#reconciler.isClosed) return;
    if (instance.state === 'InService') this.#events.inService(instance);
    if (instance.isWarmed) this.#pool?.events.warmed(instance);
    if (instance.state === 'Warmed:Pending') this.#warmups.forget(instance.id);
    if (instance.state === 'Terminating' && instance.failure !== undefined) {
      this.#events.failed(instance, instance.failure);
      this.#health.countFailed(instance, instance.failure.reason);
    }
    if (instance.isGone) {
      this.#events.terminated(instance);
      this.#instances.delete(instance.id);
      this.#health.forget(instance.id);
      this.#warmups.forget(instance.id);
      this.#pool?.forget(instance);
      for (const ids of [this.#extra, this.#protected]) ids.delete(instance.id);
    }
    this.#reconciler.queue();
  }

  /** To be called when an instance’s application has ended and will be started again: its health checks decide. */
  applicationRestarts(instance: Instance, reason: string): void {
    if (!this.#reconciler.isClosed) this.#events.restarts(instance, reason);
  }

  healthChanged(): void {
    this.#reconciler.queue();
  }

  close(): void {
    this.#reconciler.close();
  }

  #active(): readonly Instance[] {
    return this.instances().filter((instance) => instance.isActive && this.#pool?.has(instance) !== true);
  }

  #reconcile(): void {
    const { compute, zones } = this.#options;
    this.#warmups.read(this.#active());
    this.#health.read(this.#active(), this.#options.targetHealth());
    const refreshTo = this.#noteProgress();
    const usable = zones.filter((zone) => !this.#lostZones.has(zone));
    const instances = this.#countedInstances();
    const moves = nextInstanceMoves({
      desired: this.#desired,
      instances,
      zones: usable,
      refresh: this.isRollingOut ? refreshBounds(this.#desired, compute.instanceRefresh) : null,
    });
    for (const { id, isHealthy } of instances) if (isHealthy) this.#extra.delete(id);
    this.#apply(moves);
    this.#pool?.follow({
      desired: this.#desired,
      instances: this.instances().filter(({ isActive }) => isActive),
      zones: usable,
      refreshTo,
    });
    if (instances.length > this.#desired && instances.every(({ isProtected }) => isProtected))
      this.#events.allProtected();
    if (usable.length === 0 && instances.length < this.#desired) this.#events.unableToLaunch();
    this.#noteSteady();
  }

  #apply({ launch, terminate }: InstanceMoves): void {
    const capacity = { actual: this.#active().length, desired: this.#desired };
    for (const { id, why } of terminate) {
      const instance = this.#instances.get(id);
      if (instance === undefined) continue;
      if (why === 'capacity' && instance.state === 'InService' && this.#pool?.reusesOnScaleIn === true) {
        this.#pool.events.returning(instance, capacity);
        this.#pool.give(instance);
        continue;
      }
      this.#events.terminating(instance, why, capacity);
      instance.terminate();
    }
    for (const { availabilityZone, why } of launch) {
      const only = this.isRollingOut ? this.refreshes.template.revision : null;
      const warmed = this.#pool?.take(availabilityZone, this.instances(), only);
      const instance = warmed ?? this.#launch(availabilityZone, 'group');
      if (why === 'rebalancing') this.#extra.add(instance.id);
      this.#events.launching(instance, why, { ...capacity, isFromPool: warmed !== undefined });
    }
  }

  #launch(availabilityZone: string, destination: 'group' | 'pool'): Instance {
    const { launch, compute } = this.#options;
    const instance = launch({ availabilityZone, template: this.refreshes.template, destination });
    this.#instances.set(instance.id, instance);
    if (compute.protectFromScaleIn) this.#protected.add(instance.id);
    return instance;
  }

  #countedInstances(): readonly CountedInstance[] {
    return countedInstances(this.#active(), {
      targetHealth: this.#options.targetHealth(),
      wantedRevision: this.refreshes.template.revision,
      isWarm: (instance) => this.isWarm(instance),
      isExtra: ({ id }) => this.#extra.has(id),
      isProtected: (instance) => this.isProtected(instance),
    });
  }

  /** @returns the version that the refresh brings to the warm pool, whose turn comes when that of the group is over; else null */
  #noteProgress(): number | null {
    if (!this.isRollingOut) return null;
    const { instanceRefresh } = this.#options.compute;
    const { template } = this.refreshes;
    const state = refreshState(this.#countedInstances(), this.#desired, instanceRefresh);
    const inPool = this.#pool?.unsettled(this.instances(), template.revision) ?? 0;
    this.refreshes.progress({ ...state, othersLeft: state.othersLeft + inPool });
    // It has failed, and other instances are to be replaced now: perhaps none.
    if (this.refreshes.template !== template) this.#reconciler.queue();
    const { standstillEndsAtSeconds } = this.refreshes;
    if (Number.isFinite(standstillEndsAtSeconds)) this.#reconciler.wakeAt(standstillEndsAtSeconds);
    const isGroupDone = state.othersLeft === 0 && state.ready >= state.desired;
    return isGroupDone && this.refreshes.active?.template === template ? template.revision : null;
  }

  #noteSteady(): void {
    const active = this.#active();
    const healthy = healthyTargets(this.#options.targetHealth());
    const steady =
      this.instances().filter((instance) => this.#pool?.has(instance) !== true).length === this.#desired &&
      active.length === this.#desired &&
      active.every(({ id, state }) => state === 'InService' && healthy.has(id));
    const arrived = steady && !this.#isSteady;
    this.#isSteady = steady;
    if (!arrived) return;
    this.#events.steady(this.#desired);
    this.#options.onSteady();
  }
}
