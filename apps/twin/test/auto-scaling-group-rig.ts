import { type EnvironmentInput, availabilityZoneNames, launchHookSeconds } from '@tideline/config';
import { environmentOn } from '@tideline/config/testing';
import { VirtualClock } from '../src/clock/virtual-clock.ts';
import { noticedAfterSeconds } from '../src/fleet/noticed-after.ts';
import { EventLog } from '../src/fleet/event-log.ts';
import { AutoScalingGroup } from '../src/auto-scaling-group/auto-scaling-group.ts';
import { Instance } from '../src/auto-scaling-group/instance.ts';
import { FakeTargetGroup } from './fake-target-group.ts';
import { FakeTaskRuntime } from './fake-task-runtime.ts';

/** Every application listens this long after the launch; the instance is in service after three tenths of it. */
export const startSeconds = 60;
/** Every stopped instance of a warm pool serves this long after it is taken. */
export const warmStartSeconds = 20;
export const warmupSeconds = 300;
export const graceSeconds = 300;
export const drainSeconds = 30;

type ComputeInput = Omit<Extract<EnvironmentInput['compute'], { kind: 'ec2-asg' }>, 'kind'>;

/** An Auto Scaling group in virtual time: its instances have fake processes behind a fake target group. */
export class AutoScalingGroupRig {
  readonly clock = new VirtualClock();
  readonly runtime = new FakeTaskRuntime();
  readonly targets: FakeTargetGroup;
  readonly log: EventLog;
  readonly group: AutoScalingGroup;
  readonly steadyAt: number[] = [];
  readonly stalls: string[] = [];
  readonly warmed: string[] = [];
  /** Fewest healthy targets since the last call of `watchHealthy`, and most instances that were not gone. */
  leastHealthy = Infinity;
  mostInstances = 0;
  #launched = 0;

  constructor(
    overrides: Omit<Partial<EnvironmentInput>, 'preset' | 'compute'> & {
      readonly compute?: ComputeInput;
    } = {},
  ) {
    const environment = environmentOn('ec2-asg', {
      capacity: { min: 0, max: 12, desired: 2 },
      healthCheck: { gracePeriodSeconds: graceSeconds },
      ...overrides,
      compute: { warmupSeconds, ...overrides.compute },
    });
    const { clock, runtime } = this;
    this.log = new EventLog({ clock, subject: 'group' });
    this.targets = new FakeTargetGroup({
      clock,
      deregistrationDelaySeconds: drainSeconds,
      passes: (id) => !runtime.of(id).isFrozen && runtime.of(id).spec.variables.SICK === undefined,
      onChange: () => {
        this.#watch();
        this.group.healthChanged();
      },
    });
    this.group = new AutoScalingGroup({
      environment,
      compute: environment.compute,
      clock,
      log: this.log,
      zones: availabilityZoneNames(environment),
      targetHealth: () => this.targets.targets(),
      firstTemplate: { revision: 1, version: '1', variables: {} },
      launch: (placement) =>
        new Instance({
          ...placement,
          id: `i${++this.#launched}`,
          startSeconds,
          pool: environment.compute.warmPool && {
            poolState: environment.compute.warmPool.poolState,
            startSeconds: warmStartSeconds,
            hookSeconds: launchHookSeconds(environment),
          },
          stopTimeoutSeconds: 30,
          noticedAfterSeconds: noticedAfterSeconds(environment),
          clock,
          runtime,
          targets: this.targets,
          onChange: (instance) => {
            this.group.instanceChanged(instance);
            this.#watch();
          },
          onRestart: (instance, reason) => this.group.applicationRestarts(instance, reason),
        }),
      onSteady: () => this.steadyAt.push(this.group.desired),
      onStalled: (reason) => this.stalls.push(reason),
      onWarm: ({ id }) => this.warmed.push(id),
    });
  }

  /** A rig whose first instances are in service and healthy, and not yet warm. */
  static async steady(
    overrides: ConstructorParameters<typeof AutoScalingGroupRig>[0] = {},
  ): Promise<AutoScalingGroupRig> {
    const rig = new AutoScalingGroupRig(overrides);
    await rig.clock.advance(startSeconds + 5);
    if (!rig.group.isSteady) throw new Error('the rig’s group did not become steady');
    return rig;
  }

  /** A rig whose first instances are warm as well. */
  static async warm(
    overrides: ConstructorParameters<typeof AutoScalingGroupRig>[0] = {},
  ): Promise<AutoScalingGroupRig> {
    const rig = await AutoScalingGroupRig.steady(overrides);
    await rig.clock.advance(warmupSeconds);
    return rig;
  }

  /** Ids of instances that are not Terminated, oldest first. */
  ids(): readonly string[] {
    return this.group.instances().map(({ id }) => id);
  }

  states(): readonly string[] {
    return this.group.instances().map(({ state }) => state);
  }

  /** Versions of the active instances’ templates, oldest instance first. */
  versions(): readonly string[] {
    return this.#active().map(({ template }) => template.version);
  }

  /** Zones of active instances, sorted. */
  zones(): string {
    return this.#active()
      .map(({ availabilityZone }) => availabilityZone.slice(-1))
      .sort()
      .join('');
  }

  /** Makes an instance hang, and has its target checked. */
  freeze(id: string): void {
    this.group.instance(id)?.freeze();
    this.targets.check(id);
  }

  /** Events since the given number of them, without the group’s name. */
  messages(since = 0): readonly string[] {
    return this.log
      .all()
      .slice(since)
      .map(({ message }) => message.replace('(group) ', ''));
  }

  watchHealthy(): void {
    this.leastHealthy = this.targets.healthy().length;
    this.mostInstances = this.#active().length;
  }

  #watch(): void {
    this.leastHealthy = Math.min(this.leastHealthy, this.targets.healthy().length);
    this.mostInstances = Math.max(this.mostInstances, this.#active().length);
  }

  #active(): readonly Instance[] {
    return this.group.instances().filter(({ isActive }) => isActive);
  }
}
