import { type Environment, availabilityZoneNames, codeDeployRelease } from '@tideline/config';
import type { ScalingActivity } from '@tideline/evidence';
import { TargetGroup } from '../../src/balancer/targets/target-group.ts';
import { VirtualClock } from '../../src/clock/virtual-clock.ts';
import { TargetGroupTraffic } from '../../src/release/target-group-traffic.ts';
import { TrafficSwitch } from '../../src/release/traffic-switch.ts';
import { VersionLedger } from '../../src/release/version-ledger.ts';
import { type ScaledFleet, createScaledFleet } from '../../src/scaled-fleet.ts';
import type { TargetRegistry } from '../../src/tasks/task.ts';
import { FakeTaskRuntime } from '../fake-task-runtime.ts';
import { ModelledLoad } from './modelled-load.ts';

/** A virtual clock whose timers fire late, as those of a busy process do: only at each multiple of its stall. */
class StallingClock extends VirtualClock {
  readonly #stallSeconds: number;

  constructor(stallSeconds: number) {
    super();
    this.#stallSeconds = stallSeconds;
  }

  override at(cloudSeconds: number, callback: () => void) {
    return super.at(Math.ceil(cloudSeconds / this.#stallSeconds) * this.#stallSeconds, callback);
  }
}

/** The twin in virtual time: all of its own but processes and sockets, whose load is worked out. */
export class ModelledTwin {
  readonly clock: VirtualClock;
  readonly scaled: ScaledFleet;
  /** Cloud times at which the number of running tasks or instances has changed, and that number. */
  readonly running: { readonly seconds: number; readonly count: number }[] = [];
  readonly #load: ModelledLoad;
  readonly #closeTargets: () => void;

  /** @param options.stallSeconds timers fire late, at the next multiple of this, cloud time. @default they are punctual */
  constructor(environment: Environment, { stallSeconds = 0 }: { readonly stallSeconds?: number } = {}) {
    const clock = stallSeconds > 0 ? new StallingClock(stallSeconds) : new VirtualClock();
    this.clock = clock;
    const group = (): TargetGroup =>
      new TargetGroup({
        ...environment,
        clock,
        basePath: '',
        probe: () => Promise.resolve({ kind: 'answer', status: 200 }),
        onEvent: () => this.#targetsChanged(),
      });
    const groups = { blue: group(), green: group() };
    const { blue } = groups;
    this.#closeTargets = () => Object.values(groups).forEach((each) => each.close());
    this.#load = new ModelledLoad(environment, { clock, targets: () => blue.targets() });
    const targets: TargetRegistry & Pick<TargetGroup, 'targets'> = {
      register: (target) => {
        blue.register(target);
        this.#load.rotationChanged();
      },
      relocate: (id, endpoint) => blue.relocate(id, endpoint),
      lose: (id, outage) => blue.lose(id, outage),
      deregister: (id) => blue.deregister(id),
      targets: () => blue.targets(),
    };
    const runtime = new FakeTaskRuntime();
    runtime.onStart = (process) => {
      const { taskId } = process.spec;
      this.#load.started(taskId);
      process.usage = () => Promise.resolve(process.hasExited ? undefined : this.#load.usage(taskId));
      process.listen();
    };
    const settings = codeDeployRelease(environment);
    this.scaled = createScaledFleet({
      environment,
      clock,
      zones: availabilityZoneNames(environment),
      runtime,
      targets,
      snapshot: () => this.#load.snapshot(),
      anomalies: () => null,
      release:
        settings === null
          ? undefined
          : {
              settings,
              firstVersion: { version: '1', variables: {} },
              onRelease: () => undefined,
              sendTestTraffic: () => Promise.resolve(null),
              balancer: {
                groups,
                traffic: new TrafficSwitch({ groups, random: () => 0 }),
                ledger: new VersionLedger(),
                answers: { blue: new TargetGroupTraffic(), green: new TargetGroupTraffic() },
                testWith: () => undefined,
                testListener: { host: '127.0.0.1', port: 0 },
              },
            },
      onEvent: () => this.#watch(),
      onSteady: () => undefined,
      onStalled: (reason) => {
        throw new Error(reason);
      },
    });
  }

  /** Sends at this rate from now on. */
  setRate(requestsPerSecond: number): void {
    this.#load.setRate(requestsPerSecond);
  }

  close(): void {
    this.scaled.close();
    this.#closeTargets();
  }

  /** Moves of the desired count, in order. */
  moves(): readonly ScalingActivity[] {
    return this.scaled.activities.all().filter(({ from, to }) => from !== to);
  }

  #targetsChanged(): void {
    this.#load.rotationChanged();
    this.scaled.targetsChanged();
    this.#watch();
  }

  #watch(): void {
    const { running } = this.scaled.fleet.counts();
    if (running !== this.running.at(-1)?.count)
      this.running.push({ seconds: this.clock.now(), count: running });
  }
}
