import type { InstanceCounts } from '@tideline/evidence';
import type { Compute } from '@tideline/config';
import type { WarmupCounts } from '@tideline/scaling';
import type { Clock } from '../clock/clock.ts';
import { zoneForNewTask } from '../fleet/placement.ts';
import { Reconciler } from '../fleet/reconciler.ts';
import type { NoticedAfterSeconds } from '../tasks/task.ts';
import { instanceToTerminate } from '../auto-scaling-group/termination-policy.ts';
import type { ContainerInstance } from './container-instance.ts';
import type { CapacityProviderEvents } from './capacity-provider-events.ts';

export interface CapacityProviderGroupOptions {
  readonly compute: Pick<Compute<'ecs-ec2'>, 'instances' | 'instanceWarmupSeconds'>;
  readonly clock: Clock;
  readonly events: CapacityProviderEvents;
  /** Names of the Availability Zones that instances spread over. */
  readonly zones: readonly string[];
  /** Launches an instance, which then boots by itself; its changes must reach `instanceChanged`. */
  readonly launch: (availabilityZone: string) => ContainerInstance;
  /** When the loss of an instance is noticed. */
  readonly noticedAfterSeconds: NoticedAfterSeconds;
  /** The instance is gone, and with it every task that it still had; the cluster has yet to notice. */
  readonly onLost: (instance: ContainerInstance, fault: InstanceFault) => void;
  /** There may be room now that was not there before, or an instance has begun to drain. */
  readonly onRoom: () => void;
}

/** What takes an instance with everything on it. */
export type InstanceFault = 'instance-loss' | 'zone-loss';

/** What managed scaling needs of a service: its instances, and what its tasks still need. */
export interface ManagedInstances {
  readonly compute: Compute<'ecs-ec2'>;
  readonly group: CapacityProviderGroup;
  /** Tasks in PROVISIONING that no instance has room for. */
  waitingTasks(): number;
}

/**
 * The EC2 Auto Scaling group behind a capacity provider: holds the desired number of instances. It gives up only
 * instances without tasks (managed termination protection), and lets tasks leave first (managed draining).
 */
export class CapacityProviderGroup {
  readonly #options: CapacityProviderGroupOptions;
  readonly #instances = new Map<string, ContainerInstance>();
  readonly #lostZones = new Set<string>();
  readonly #reconciler: Reconciler;
  #desired: number;
  #onSettled: (desired: number) => void = () => undefined;

  constructor(options: CapacityProviderGroupOptions) {
    this.#options = options;
    this.#desired = options.compute.instances.min;
    this.#reconciler = new Reconciler(options.clock, () => this.#reconcile());
    this.#reconciler.queue();
  }

  get desired(): number {
    return this.#desired;
  }

  /** Calls back whenever the desired instances are ACTIVE and no other is left. */
  whenSettled(onSettled: (desired: number) => void): void {
    this.#onSettled = onSettled;
  }

  setDesired(desired: number): void {
    if (desired === this.#desired) return;
    this.#options.events.desiredChanged(this.#desired, desired);
    this.#desired = desired;
    this.#reconciler.queue();
  }

  instance(id: string): ContainerInstance | undefined {
    return this.#instances.get(id);
  }

  /** Instances that are not INACTIVE. */
  instances(): readonly ContainerInstance[] {
    return [...this.#instances.values()];
  }

  /** Instances that count: those that drain are on their way out. */
  kept(): readonly ContainerInstance[] {
    return this.instances().filter(({ isKept }) => isKept);
  }

  /** Those that take tasks. */
  active(): readonly ContainerInstance[] {
    return this.instances().filter(({ takesTasks }) => takesTasks);
  }

  counts(): InstanceCounts {
    const inState = (wanted: ContainerInstance['state']): number =>
      this.instances().filter(({ state }) => state === wanted).length;
    return {
      desired: this.#desired,
      registering: inState('REGISTERING'),
      active: inState('ACTIVE'),
      draining: inState('DRAINING'),
    };
  }

  /** Instances by whether their warm-up, which begins with the launch, is over. */
  warmup(): WarmupCounts {
    const { clock, compute } = this.#options;
    const kept = this.kept();
    const warm = kept.filter(
      ({ launchedAtSeconds }) => clock.now() >= launchedAtSeconds + compute.instanceWarmupSeconds,
    ).length;
    return { warm, warming: kept.length - warm };
  }

  /** Terminates an instance in order: its tasks leave first. Desired capacity stays, so another one takes its place. */
  terminate(instance: ContainerInstance): void {
    if (!instance.isKept) return;
    this.#options.events.terminatedByUser(instance);
    instance.drain();
    this.#reconciler.queue();
  }

  /** Loses an instance with everything on it, as a failure of its host would; it is replaced once that has been noticed. */
  lose(instance: ContainerInstance, fault: InstanceFault): void {
    if (instance.isLost) return;
    const { clock, events, onLost, noticedAfterSeconds } = this.#options;
    instance.lose();
    onLost(instance, fault);
    clock.at(clock.now() + noticedAfterSeconds[fault], () => {
      if (this.#reconciler.isClosed || instance.state === 'INACTIVE') return;
      events.lost(instance);
      instance.end();
    });
  }

  loseZone(zone: string): void {
    this.#lostZones.add(zone);
    for (const instance of this.instances())
      if (instance.availabilityZone === zone) this.lose(instance, 'zone-loss');
    this.#reconciler.queue();
  }

  restoreZone(zone: string): void {
    this.#lostZones.delete(zone);
    this.#reconciler.queue();
  }

  /** To be called on every change of an instance’s state. */
  instanceChanged(instance: ContainerInstance): void {
    if (this.#reconciler.isClosed) return;
    const { events, onRoom } = this.#options;
    if (instance.state === 'ACTIVE') events.registered(instance);
    if (instance.state === 'DRAINING') events.draining(instance);
    if (instance.state === 'INACTIVE') {
      this.#instances.delete(instance.id);
      events.deregistered(instance);
    }
    onRoom();
    this.#reconciler.queue();
  }

  /** To be called whenever a task has left an instance: it may be given up now. */
  taskLeft(): void {
    this.#reconciler.queue();
  }

  /** Launches and terminates nothing any more. */
  close(): void {
    this.#reconciler.close();
  }

  #reconcile(): void {
    const { zones, events } = this.#options;
    const usable = zones.filter((zone) => !this.#lostZones.has(zone));
    if (usable.length > 0) this.#launchMissing(usable);
    else if (this.kept().length < this.#desired) events.unableToLaunch();
    this.#giveUpSurplus();
    const { registering, active, draining } = this.counts();
    if (active === this.#desired && registering === 0 && draining === 0) this.#onSettled(this.#desired);
  }

  #launchMissing(zones: readonly string[]): void {
    const { launch, events } = this.#options;
    for (let count = this.kept().length; count < this.#desired; count += 1) {
      const placed = this.kept().map(({ availabilityZone, launchedAtSeconds }) => ({
        availabilityZone,
        createdAtSeconds: launchedAtSeconds,
      }));
      const instance = launch(zoneForNewTask(zones, placed));
      this.#instances.set(instance.id, instance);
      events.launching(instance, { from: count, to: count + 1 });
    }
  }

  #giveUpSurplus(): void {
    for (let count = this.kept().length; count > this.#desired; count -= 1) {
      const instance = this.#spare();
      if (instance === undefined) return;
      this.#options.events.scalingIn(instance, { from: count, to: count - 1 });
      instance.drain();
    }
  }

  /** An instance without tasks, by the group’s termination policy. */
  #spare(): ContainerInstance | undefined {
    const empty = this.kept()
      .filter(({ tasks }) => tasks === 0)
      .map((instance) => ({
        instance,
        availabilityZone: instance.availabilityZone,
        createdAtSeconds: instance.launchedAtSeconds,
        templateRevision: 1,
        isHealthy: instance.state === 'ACTIVE',
      }));
    return instanceToTerminate(empty)?.instance;
  }
}
