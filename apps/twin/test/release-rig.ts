import { type EnvironmentInput, availabilityZoneNames } from '@tideline/config';
import { blueGreenEnvironment } from '@tideline/config/testing';
import { VirtualClock } from '../src/clock/virtual-clock.ts';
import { noticedAfterSeconds } from '../src/fleet/noticed-after.ts';
import { EventLog } from '../src/fleet/event-log.ts';
import { BlueGreenService } from '../src/release/blue-green-service.ts';
import type { Release } from '../src/release/release.ts';
import type { TargetGroupColour, Weights } from '../src/release/traffic-switch.ts';
import { ServiceScheduler } from '../src/service/service-scheduler.ts';
import { ZonePlacement } from '../src/service/zone-placement.ts';
import { Task } from '../src/tasks/task.ts';
import { FakeTargetGroup } from './fake-target-group.ts';
import { FakeTaskRuntime } from './fake-task-runtime.ts';

const startSeconds = 20;

/** A service released blue/green in virtual time: fake processes behind two fake target groups. */
export class ReleaseRig {
  readonly clock = new VirtualClock();
  readonly runtime = new FakeTaskRuntime();
  readonly groups: Readonly<Record<TargetGroupColour, FakeTargetGroup>>;
  readonly log: EventLog;
  readonly service: BlueGreenService;
  /** Weights of the production listener, one after the other. */
  readonly weights: Weights[] = [{ blue: 100, green: 0 }];
  /** Every state of every release. */
  readonly noted: Release[] = [];
  /** What the next test traffic comes to. */
  testOutcome: string | null = null;
  /** Moments at which a group with traffic had no healthy target. */
  readonly outages: number[] = [];
  #created = 0;

  constructor(release: Extract<EnvironmentInput['release'], { kind: 'blue-green' }>) {
    const environment = blueGreenEnvironment({
      capacity: { min: 0, max: 12, desired: 2 },
      loadBalancer: { deregistrationDelaySeconds: 30 },
      release,
    });
    const { clock, runtime } = this;
    const group = () =>
      new FakeTargetGroup({
        clock,
        passes: (id) => runtime.of(id).spec.variables.SICK === undefined,
        onChange: () => {
          this.#watch();
          this.service.healthChanged();
        },
      });
    this.groups = { blue: group(), green: group() };
    this.log = new EventLog({ clock, subject: 'service api' });
    this.service = new BlueGreenService({
      clock,
      log: this.log,
      settings: environment.release,
      desired: environment.capacity.desired,
      firstDefinition: { revision: 1, version: '1', variables: {} },
      newId: () => `d-${this.noted.length}`,
      onChange: (each) => this.noted.push(each),
      onSteady: () => undefined,
      shift: (weights) => {
        this.weights.push(weights);
        this.#watch();
      },
      test: () => Promise.resolve(this.testOutcome),
      createSet: ({ colour, definition, desired, onSteady }) => {
        const scheduler = new ServiceScheduler({
          environment: {
            ...environment,
            capacity: { ...environment.capacity, desired },
            deployment: { ...environment.deployment, circuitBreaker: { enabled: false, rollback: false } },
          },
          clock,
          log: this.log.about(`service api, taskSet ${colour}`),
          targetGroup: colour,
          placement: new ZonePlacement(availabilityZoneNames(environment)),
          targetHealth: () => this.groups[colour].targets(),
          firstDefinition: definition,
          onSteady,
          onStalled: () => undefined,
          createTask: (placement) =>
            new Task({
              ...placement,
              id: `t${++this.#created}`,
              startSeconds,
              stopTimeoutSeconds: 30,
              noticedAfterSeconds: noticedAfterSeconds(environment),
              clock,
              runtime,
              targets: this.groups[colour],
              onChange: (task) => {
                scheduler.taskChanged(task);
                this.service.releases.changed();
              },
            }),
        });
        return scheduler;
      },
    });
  }

  /** A rig whose first tasks are healthy. */
  static async steady(
    release: Omit<ConstructorParameters<typeof ReleaseRig>[0], 'kind'> = {},
  ): Promise<ReleaseRig> {
    const rig = new ReleaseRig({ kind: 'blue-green', ...release });
    await rig.clock.advance(startSeconds + 5);
    return rig;
  }

  get release(): Release {
    const release = this.service.releases.all().at(-1);
    if (release === undefined) throw new Error('there has been no release');
    return release;
  }

  /** Versions of the tasks that are not STOPPED. */
  versions(): readonly string[] {
    return this.service.tasks().map(({ definition }) => definition.version);
  }

  #watch(): void {
    const weights = this.weights.at(-1);
    if (weights === undefined || this.clock.now() < startSeconds + 5) return;
    for (const colour of ['blue', 'green'] as const)
      if (weights[colour] > 0 && this.groups[colour].healthy().length === 0)
        this.outages.push(this.clock.now());
  }
}
