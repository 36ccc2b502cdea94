import { type Compute, type Environment, metricKey } from '@tideline/config';
import type { ServiceCounts } from '@tideline/evidence';
import type { WarmupCounts } from '@tideline/scaling';
import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../fleet/event-log.ts';
import type { Fleet, MeasuredUnit, TargetHealthDescription } from '../fleet/fleet.ts';
import { Reconciler } from '../fleet/reconciler.ts';
import { healthyTargets, targetCounts } from '../fleet/target-counts.ts';
import type { BackendVersion, TaskDefinition } from '../tasks/task-runtime.ts';
import { AutoScalingGroupEvents } from './auto-scaling-group-events.ts';
import { nextInstanceMoves, type InstanceMoves, type CountedInstance } from './instance-moves.ts';
import type { Instance } from './instance.ts';
import { InstanceHealth } from './instance-health.ts';
import { InstanceRefreshes } from './instance-refreshes.ts';
import { refreshBounds, refreshState } from './instance-refresh.ts';

export interface AutoScalingGroupOptions {
  readonly environment: Pick<Environment, 'capacity' | 'healthCheck'>;
  readonly compute: Compute<'ec2-asg'>;
  readonly clock: Clock;
  readonly log: EventLog;
  /** Names of the Availability Zones that instances spread over. */
  readonly zones: readonly string[];
  /** Launches an instance, which then boots by itself; its changes must reach `instanceChanged`. */
  readonly launch: (placement: {
    readonly availabilityZone: string;
    readonly template: TaskDefinition;
  }) => Instance;
  readonly targetHealth: () => readonly TargetHealthDescription[];
  readonly firstTemplate: TaskDefinition;
  /** Called whenever the desired capacity is in service and healthy, and nothing else is left. */
  readonly onSteady: () => void;
  /** Called when the first instances keep failing. The group continues to try, as at AWS. */
  readonly onStalled: (reason: string) => void;
  /** The instance’s warm-up is over. */
  readonly onWarm: (instance: MeasuredUnit) => void;
}

/** Metrics of a group’s instances, averaged over the group; EC2 knows nothing of their memory. */
const groupUtilisationKeys = {
  cpu: metricKey({
    namespace: 'AWS/EC2',
    metricName: 'CPUUtilization',
    dimensions: {},
    statistic: 'Average',
  }),
  memory: null,
};

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
  readonly #warm = new Set<string>();
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

  isWarm({ id }: Instance): boolean {
    return this.#warm.has(id);
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
      ...targetCounts(this.#options.targetHealth()),
    };
  }

  /** To be called on every change of an instance’s state. */
  instanceChanged(instance: Instance): void {
    if (this.#reconciler.isClosed) return;
    if (instance.state === 'InService') this.#events.inService(instance);
    if (instance.state === 'Terminating' && instance.failure !== undefined) {
      this.#events.failed(instance, instance.failure);
      this.#health.countFailed(instance, instance.failure.reason);
    }
    if (instance.isGone) {
      this.#events.terminated(instance);
      this.#instances.delete(instance.id);
      this.#health.forget(instance.id);
      for (const ids of [this.#extra, this.#warm, this.#protected]) ids.delete(instance.id);
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
    return this.instances().filter(({ isActive }) => isActive);
  }

  #reconcile(): void {
    const { compute, zones } = this.#options;
    this.#noteWarm();
    this.#health.read(this.#active(), this.#options.targetHealth());
    this.#noteProgress();
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
      this.#events.terminating(instance, why, capacity);
      instance.terminate();
    }
    for (const { availabilityZone, why } of launch) {
      const instance = this.#options.launch({ availabilityZone, template: this.refreshes.template });
      this.#instances.set(instance.id, instance);
      if (this.#options.compute.protectFromScaleIn) this.#protected.add(instance.id);
      if (why === 'rebalancing') this.#extra.add(instance.id);
      this.#events.launching(instance, why, capacity);
    }
  }

  /** A warm-up begins when the instance is in service. */
  #noteWarm(): void {
    const { clock, compute, onWarm } = this.#options;
    for (const instance of this.#active()) {
      if (instance.inServiceSinceSeconds === undefined || this.#warm.has(instance.id)) continue;
      const warmAtSeconds = instance.inServiceSinceSeconds + compute.warmupSeconds;
      if (clock.now() < warmAtSeconds) {
        this.#reconciler.wakeAt(warmAtSeconds);
        continue;
      }
      this.#warm.add(instance.id);
      this.#events.warm(instance);
      onWarm(instance);
    }
  }

  #countedInstances(): readonly CountedInstance[] {
    const healthy = healthyTargets(this.#options.targetHealth());
    return this.#active().map((instance) => ({
      id: instance.id,
      availabilityZone: instance.availabilityZone,
      createdAtSeconds: instance.createdAtSeconds,
      templateRevision: instance.template.revision,
      isCurrent: instance.template.revision === this.refreshes.template.revision,
      isHealthy: instance.state === 'InService' && healthy.has(instance.id),
      isWarm: this.isWarm(instance),
      isExtra: this.#extra.has(instance.id),
      isProtected: this.#protected.has(instance.id),
    }));
  }

  #noteProgress(): void {
    if (!this.isRollingOut) return;
    const { instanceRefresh } = this.#options.compute;
    const { template } = this.refreshes;
    this.refreshes.progress(refreshState(this.#countedInstances(), this.#desired, instanceRefresh));
    // It has failed, and other instances are to be replaced now: perhaps none.
    if (this.refreshes.template !== template) this.#reconciler.queue();
    const { standstillEndsAtSeconds } = this.refreshes;
    if (Number.isFinite(standstillEndsAtSeconds)) this.#reconciler.wakeAt(standstillEndsAtSeconds);
  }

  #noteSteady(): void {
    const active = this.#active();
    const healthy = healthyTargets(this.#options.targetHealth());
    const steady =
      this.#instances.size === this.#desired &&
      active.length === this.#desired &&
      active.every(({ id, state }) => state === 'InService' && healthy.has(id));
    const arrived = steady && !this.#isSteady;
    this.#isSteady = steady;
    if (!arrived) return;
    this.#events.steady(this.#desired);
    this.#options.onSteady();
  }
}
