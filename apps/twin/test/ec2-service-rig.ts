import { type EnvironmentInput, availabilityZoneNames, reservationPeriodSeconds } from '@tideline/config';
import { environmentOn } from '@tideline/config/testing';
import { VirtualClock } from '../src/clock/virtual-clock.ts';
import type { EventLog } from '../src/fleet/event-log.ts';
import { createEc2Service } from '../src/ec2-service/create-ec2-service.ts';
import type { CapacityProviderGroup } from '../src/ec2-service/capacity-provider-group.ts';
import { ManagedScaling } from '../src/ec2-service/managed-scaling.ts';
import { MetricStore } from '../src/metrics/metric-store.ts';
import { MetricsPublisher } from '../src/metrics/metrics-publisher.ts';
import type { ServiceScheduler } from '../src/service/service-scheduler.ts';
import { FakeTargetGroup } from './fake-target-group.ts';
import { FakeTaskRuntime } from './fake-task-runtime.ts';

type ComputeInput = Omit<Extract<EnvironmentInput['compute'], { kind: 'ecs-ec2' }>, 'kind'>;

/** Every instance takes this long from its launch until it is registered, every task until RUNNING. */
export const instanceStartSeconds = 60;
export const taskStartSeconds = 20;
/** From the end of a minute until managed scaling sees its datapoint. */
const lagSeconds = 30;

/** A service on instances in virtual time, with the managed scaling of its capacity provider. */
export class Ec2ServiceRig {
  readonly clock = new VirtualClock();
  readonly runtime = new FakeTaskRuntime();
  readonly store = new MetricStore();
  readonly targets: FakeTargetGroup;
  readonly events: EventLog;
  readonly service: ServiceScheduler;
  readonly group: CapacityProviderGroup;
  readonly managed: ManagedScaling;

  constructor(
    compute: ComputeInput = {},
    overrides: Omit<Partial<EnvironmentInput>, 'preset' | 'compute'> = {},
  ) {
    const environment = environmentOn('ecs-ec2', {
      capacity: { min: 0, max: 12, desired: 1 },
      assumptions: {
        metricLagSeconds: lagSeconds,
        instanceStartSeconds: { min: instanceStartSeconds, max: instanceStartSeconds },
        taskStartSeconds: { min: taskStartSeconds, max: taskStartSeconds },
      },
      ...overrides,
      compute: { instanceWarmupSeconds: 60, ...compute },
    });
    const { clock, runtime, store } = this;
    this.targets = new FakeTargetGroup({
      clock,
      passes: (id) => !runtime.of(id).isFrozen,
      onChange: () => this.service.healthChanged(),
    });
    const { fleet, events, managedInstances } = createEc2Service(environment.compute, {
      environment,
      clock,
      zones: availabilityZoneNames(environment),
      runtime,
      targets: this.targets,
      onEvent: () => undefined,
      onSteady: () => undefined,
      onStalled: () => undefined,
      onMeasured: () => undefined,
      onLeft: () => undefined,
      onEnded: () => undefined,
    });
    if (managedInstances === undefined) throw new Error('the rig has instances');
    this.service = fleet;
    this.events = events;
    this.group = managedInstances.group;
    const publisher: MetricsPublisher = new MetricsPublisher(clock, [
      {
        periodSeconds: reservationPeriodSeconds,
        collect: (startSeconds) => this.managed.collect(startSeconds),
      },
    ]);
    this.managed = new ManagedScaling({
      environment,
      managedInstances,
      clock,
      store,
      metricsSettled: () => publisher.settled(),
    });
  }

  /** A rig whose first deployment is complete. */
  static async steady(...args: ConstructorParameters<typeof Ec2ServiceRig>): Promise<Ec2ServiceRig> {
    const rig = new Ec2ServiceRig(...args);
    await rig.clock.advance(instanceStartSeconds + taskStartSeconds + 5);
    if (!rig.service.isSteady) throw new Error('the rig’s service did not become steady');
    return rig;
  }

  /** Changes the desired count, and lets the instances follow. */
  async scaleTo(tasks: number): Promise<void> {
    this.service.setDesired(tasks);
    await this.clock.advance(
      2 * reservationPeriodSeconds + lagSeconds + instanceStartSeconds + taskStartSeconds,
    );
  }

  /** States of the tasks that are not STOPPED, oldest first. */
  taskStates(): readonly string[] {
    return this.service.tasks().map(({ state }) => state);
  }

  /** Zone and number of tasks of each instance, oldest first, such as `a1 b0`. */
  layout(): string {
    return this.group
      .instances()
      .map(({ availabilityZone, tasks }) => `${availabilityZone.slice(-1)}${tasks}`)
      .join(' ');
  }

  /** Datapoints of the capacity provider’s metric since the given cloud time. */
  reservations(sinceSeconds = 0): readonly number[] {
    return this.store
      .all('AWS/ECS/ManagedScaling/CapacityProviderReservation/Average')
      .filter(({ startSeconds }) => startSeconds >= sinceSeconds)
      .map(({ value }) => value);
  }

  /** Events since the given number of them, with ids replaced by # and without the environment’s names. */
  messages(since = 0): readonly string[] {
    return this.events
      .all()
      .slice(since)
      .map(({ message }) =>
        message.replaceAll(/i-[\da-f]{17}|[\da-f]{32}/g, '#').replaceAll('tideline-dev-api', 'api'),
      );
  }
}
