import { availabilityZoneNames, resolveEnvironment, type EnvironmentInput } from '@tideline/config';
import { VirtualClock } from '../src/clock/virtual-clock.ts';
import { noticedAfterSeconds } from '../src/fleet/noticed-after.ts';
import { EventLog } from '../src/fleet/event-log.ts';
import { ServiceScheduler } from '../src/service/service-scheduler.ts';
import { ZonePlacement } from '../src/service/zone-placement.ts';
import { Task } from '../src/tasks/task.ts';
import { FakeTargetGroup } from './fake-target-group.ts';
import { FakeTaskRuntime, type FakeTaskProcess } from './fake-task-runtime.ts';

/** Every task takes this long from its creation until RUNNING. */
export const startSeconds = 20;

/** A service in virtual time: its tasks have fake processes behind a fake target group. */
export class ServiceRig {
  readonly clock = new VirtualClock();
  readonly runtime = new FakeTaskRuntime();
  readonly targets: FakeTargetGroup;
  readonly log: EventLog;
  readonly service: ServiceScheduler;
  /** Desired counts at which a steady state was announced. */
  readonly steadyAt: number[] = [];
  readonly stalls: string[] = [];
  /** Fewest healthy targets since the last call of `watchHealthy`. */
  #leastHealthy = Infinity;
  #created = 0;

  constructor(overrides: Omit<Partial<EnvironmentInput>, 'preset' | 'compute'> = {}) {
    const environment = resolveEnvironment({
      capacity: { min: 0, max: 12, desired: 2 },
      ...overrides,
      preset: 'rig',
      compute: { kind: 'fargate' },
    });
    const { clock, runtime } = this;
    this.log = new EventLog({ clock, subject: 'service api' });
    this.targets = new FakeTargetGroup({
      clock,
      passes: (id) => !runtime.of(id).isFrozen && runtime.of(id).spec.variables.SICK === undefined,
      onChange: () => {
        this.#leastHealthy = Math.min(this.#leastHealthy, this.targets.healthy().length);
        this.service.healthChanged();
      },
    });
    this.service = new ServiceScheduler({
      environment,
      clock,
      log: this.log,
      targetGroup: 'api-targets',
      placement: new ZonePlacement(availabilityZoneNames(environment)),
      targetHealth: () => this.targets.targets(),
      firstDefinition: { revision: 1, version: '1', variables: {} },
      createTask: (placement) =>
        new Task({
          ...placement,
          id: `t${++this.#created}`,
          startSeconds,
          stopTimeoutSeconds: 30,
          noticedAfterSeconds: noticedAfterSeconds(environment),
          clock,
          runtime,
          targets: this.targets,
          onChange: (task) => this.service.taskChanged(task),
        }),
      onSteady: () => this.steadyAt.push(this.service.desired),
      onStalled: (reason) => this.stalls.push(reason),
    });
  }

  /** A rig whose first deployment is complete. */
  static async steady(overrides: ConstructorParameters<typeof ServiceRig>[0] = {}): Promise<ServiceRig> {
    const rig = new ServiceRig(overrides);
    await rig.clock.advance(startSeconds + 5);
    if (!rig.service.isSteady) throw new Error('the rig’s service did not become steady');
    return rig;
  }

  process(taskId: string): FakeTaskProcess {
    return this.runtime.of(taskId);
  }

  /** Ids of the tasks that are not STOPPED, oldest first. */
  ids(): readonly string[] {
    return this.service.tasks().map(({ id }) => id);
  }

  /** Zones of active tasks, sorted. */
  zones(): string {
    return this.service
      .tasks()
      .filter(({ isActive }) => isActive)
      .map(({ availabilityZone }) => availabilityZone?.slice(-1))
      .sort()
      .join('');
  }

  /** Events since the given number of them, without the service’s name. */
  messages(since = 0): readonly string[] {
    return this.log
      .all()
      .slice(since)
      .map(({ message }) => message.replace('(service api) ', ''));
  }

  /** Starts to watch for the fewest healthy targets. */
  watchHealthy(): void {
    this.#leastHealthy = this.targets.healthy().length;
  }

  get leastHealthy(): number {
    return this.#leastHealthy;
  }
}
