import { type Environment, capacityFacts } from '@tideline/config';
import { type BalancerMetrics, MetricsRecorder } from '../src/balancer/metrics.ts';
import type { Clock } from '../src/clock/clock.ts';
import type { TargetHealthDescription } from '../src/fleet/fleet.ts';
import type { TaskUsage } from '../src/tasks/task-runtime.ts';

/** What the simulator takes by default, so that the two can be compared. */
const overheadCpuMillisecondsPerRequest = 0.5;
const idleCpuPercent = 1;

const nothing = new MetricsRecorder().snapshot();

/** Requests and the CPU that they cost, worked out instead of sent: an even rate, shared out evenly over the rotation. */
export class ModelledLoad {
  readonly #clock: Clock;
  readonly #targets: () => readonly TargetHealthDescription[];
  readonly #size: ReturnType<typeof capacityFacts>;
  readonly #cpuSecondsPerRequest: number;
  readonly #cpuSeconds = new Map<string, number>();
  readonly #requestsByTarget = new Map<string, number>();
  #requestsPerSecond = 0;
  #rotation: readonly string[] = [];
  #requests = 0;
  #nowSeconds = 0;

  constructor(
    environment: Environment,
    parts: { readonly clock: Clock; readonly targets: () => readonly TargetHealthDescription[] },
  ) {
    this.#clock = parts.clock;
    this.#targets = parts.targets;
    this.#size = capacityFacts(environment);
    const { cpuMillisecondsPerRequest } = environment.container;
    this.#cpuSecondsPerRequest = (cpuMillisecondsPerRequest + overheadCpuMillisecondsPerRequest) / 1000;
  }

  setRate(requestsPerSecond: number): void {
    this.#advance();
    this.#requestsPerSecond = requestsPerSecond;
  }

  /** To be called whenever a target has come, gone or changed its health. */
  rotationChanged(): void {
    this.#advance();
    const registered = this.#targets().filter(({ state }) => state !== 'draining' && state !== 'unused');
    const healthy = registered.filter(({ state }) => state === 'healthy');
    this.#rotation = (healthy.length > 0 ? healthy : registered).map(({ id }) => id);
  }

  started(id: string): void {
    this.#advance();
    this.#cpuSeconds.set(id, 0);
  }

  usage(id: string): TaskUsage {
    this.#advance();
    const cpuSeconds = this.#cpuSeconds.get(id) ?? 0;
    return { cpuSeconds, memoryMiB: 64, readAtMs: this.#nowSeconds * 1000 };
  }

  snapshot(): BalancerMetrics {
    this.#advance();
    const requestsByTarget = new Map(this.#requestsByTarget);
    return { ...nothing, requests: this.#requests, target2xx: this.#requests, requestsByTarget };
  }

  #advance(): void {
    const now = this.#clock.now();
    const seconds = now - this.#nowSeconds;
    this.#nowSeconds = now;
    if (seconds === 0) return;
    const share = this.#rotation.length === 0 ? 0 : this.#requestsPerSecond / this.#rotation.length;
    const { unit, highestCpuPercent } = this.#size;
    const vcpu = unit.cpuUnits / 1024;
    for (const [id, used] of this.#cpuSeconds) {
      const working = this.#rotation.includes(id) ? share * this.#cpuSecondsPerRequest : 0;
      const rate = Math.min((vcpu * highestCpuPercent) / 100, (vcpu * idleCpuPercent) / 100 + working);
      this.#cpuSeconds.set(id, used + rate * seconds);
    }
    for (const id of this.#rotation)
      this.#requestsByTarget.set(id, (this.#requestsByTarget.get(id) ?? 0) + share * seconds);
    this.#requests += share * this.#rotation.length * seconds;
  }
}
