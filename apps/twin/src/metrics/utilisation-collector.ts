import { type Environment, capacityFacts } from '@tideline/config';
import type { Fleet, MeasuredUnit } from '../fleet/fleet.ts';
import type { TaskUsage } from '../tasks/task-runtime.ts';
import type { MetricStore } from './metric-store.ts';

/** Memory limits are hard everywhere. */
const fullMemoryPercent = 100;

interface Reading {
  readonly unit: MeasuredUnit;
  readonly usage: TaskUsage | undefined;
}

export interface UtilisationCollectorOptions {
  readonly environment: Environment;
  readonly store: MetricStore;
  readonly fleet: Pick<Fleet, 'measured' | 'utilisationKeys'>;
}

/**
 * CPU and memory utilisation: what the processes of tasks or instances really used over what they have
 * (CPUUtilization = CPU units used / CPU units reserved, Amazon ECS guide).
 */
export class UtilisationCollector {
  readonly #options: UtilisationCollectorOptions;
  readonly #lastUsage = new Map<string, TaskUsage>();
  #published: Promise<void> = Promise.resolve();

  constructor(options: UtilisationCollectorOptions) {
    this.#options = options;
  }

  /** Takes the first reading of a unit, so that what it used before it counts is left out. */
  async begin(unit: MeasuredUnit): Promise<void> {
    const usage = await unit.process?.usage();
    if (usage !== undefined && !unit.isGone) this.#lastUsage.set(unit.id, usage);
  }

  forget(unitId: string): void {
    this.#lastUsage.delete(unitId);
  }

  /**
   * Reads every unit now, and publishes the datapoints of the period that began at `startSeconds` once all have answered
   * or are given up, in the order of the periods; none when none could be read.
   */
  collect(startSeconds: number): Promise<void> {
    const readings = Promise.all(
      this.#options.fleet.measured().map(async (unit) => ({ unit, usage: await unit.process?.usage() })),
    );
    this.#published = this.#published.then(async () => this.#publish(startSeconds, await readings));
    return this.#published;
  }

  #publish(startSeconds: number, readings: readonly Reading[]): void {
    let cpuSeconds = 0;
    let wallSeconds = 0;
    let memoryMiB = 0;
    let units = 0;
    let longestSeconds = 0;
    for (const { unit, usage } of readings) {
      if (usage === undefined || unit.isGone) continue;
      const before = this.#lastUsage.get(unit.id);
      this.#lastUsage.set(unit.id, usage);
      if (before === undefined || usage.readAtMs <= before.readAtMs) continue;
      // A process that has been started again counts from zero.
      if (usage.cpuSeconds < before.cpuSeconds) continue;
      cpuSeconds += usage.cpuSeconds - before.cpuSeconds;
      const measuredSeconds = (usage.readAtMs - before.readAtMs) / 1000;
      wallSeconds += measuredSeconds;
      longestSeconds = Math.max(longestSeconds, measuredSeconds);
      memoryMiB += usage.memoryMiB;
      units += 1;
    }
    if (units === 0) return;
    const { environment, fleet } = this.#options;
    const { unit: size, highestCpuPercent } = capacityFacts(environment);
    const reservedCpuSeconds = wallSeconds * (size.cpuUnits / 1024);
    const about = { unit: 'Percent', periodSeconds: environment.monitoring.resolutionSeconds } as const;
    // One that began within the period counts for its share of it.
    const running = wallSeconds / longestSeconds;
    const put = (metricKey: string, value: number): void =>
      this.#options.store.put(metricKey, { startSeconds, value, running }, about);
    const { cpu, memory } = fleet.utilisationKeys;
    put(cpu, Math.min(highestCpuPercent, (cpuSeconds / reservedCpuSeconds) * 100));
    if (memory !== null) put(memory, Math.min(fullMemoryPercent, (memoryMiB / units / size.memoryMiB) * 100));
  }
}
