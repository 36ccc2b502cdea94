import { type Environment, capacityFacts } from '@tideline/config';
import type { Clock } from '../clock/clock.ts';
import type { Fleet, MeasuredUnit } from '../fleet/fleet.ts';
import type { TaskUsage } from '../tasks/task-runtime.ts';
import type { MetricStore } from './metric-store.ts';

/** Memory limits are hard everywhere. */
const fullMemoryPercent = 100;

interface Reading {
  readonly unit: MeasuredUnit;
  readonly usage: TaskUsage | undefined;
  /** Cloud time at which the answer came. */
  readonly atSeconds: number;
}

/** What is known of a unit between two periods. */
interface Measured {
  readonly usage: TaskUsage;
  readonly atSeconds: number;
  /** Cloud time from which on everything that the unit uses is known. */
  readonly sinceSeconds: number;
  /** Used after the last period’s end and before its late reading: belongs to the next period. */
  readonly carried: { readonly cpuSeconds: number; readonly wallSeconds: number };
}

const nothing = { cpuSeconds: 0, wallSeconds: 0 };

export interface UtilisationCollectorOptions {
  readonly environment: Environment;
  readonly clock: Pick<Clock, 'now'>;
  readonly store: MetricStore;
  readonly fleet: Pick<Fleet, 'measured' | 'utilisationKeys'>;
}

/**
 * CPU and memory utilisation: what the processes of tasks or instances really used over what they have
 * (CPUUtilization = CPU units used / CPU units reserved, Amazon ECS guide).
 *
 * Periods are those of the cloud clock. A reading comes a little after its period’s end, and is shared out between the two
 * periods by time. A period gives a datapoint only when it was seen whole: when at least one unit was measured from its
 * beginning to its end. The first seconds after a start would otherwise pass for a minute.
 */
export class UtilisationCollector {
  readonly #options: UtilisationCollectorOptions;
  readonly #measured = new Map<string, Measured>();
  #published: Promise<void> = Promise.resolve();

  constructor(options: UtilisationCollectorOptions) {
    this.#options = options;
  }

  /** Takes the first reading of a unit, so that what it used before it counts is left out. */
  async begin(unit: MeasuredUnit): Promise<void> {
    const { usage, atSeconds } = await this.#read(unit);
    if (usage !== undefined && !unit.isGone)
      this.#measured.set(unit.id, { usage, atSeconds, sinceSeconds: atSeconds, carried: nothing });
  }

  forget(unitId: string): void {
    this.#measured.delete(unitId);
  }

  /**
   * Reads every unit now, and publishes the datapoints of the period that began at `startSeconds` once all have answered
   * or are given up, in the order of the periods; none when no unit was measured over the whole period.
   */
  collect(startSeconds: number): Promise<void> {
    const readings = Promise.all(this.#options.fleet.measured().map((unit) => this.#read(unit)));
    this.#published = this.#published.then(async () => this.#publish(startSeconds, await readings));
    return this.#published;
  }

  async #read(unit: MeasuredUnit): Promise<Reading> {
    const usage = await unit.process?.usage();
    return { unit, usage, atSeconds: this.#options.clock.now() };
  }

  #publish(startSeconds: number, readings: readonly Reading[]): void {
    const { environment, fleet } = this.#options;
    const about = { unit: 'Percent', periodSeconds: environment.monitoring.resolutionSeconds } as const;
    const endSeconds = startSeconds + about.periodSeconds;
    let cpuSeconds = 0;
    let wallSeconds = 0;
    let memoryMiB = 0;
    let units = 0;
    let longestSeconds = 0;
    let isWhole = false;
    for (const { unit, usage, atSeconds } of readings) {
      if (usage === undefined || unit.isGone) continue;
      const before = this.#measured.get(unit.id);
      // A process that has been started again counts from zero.
      if (before === undefined || usage.cpuSeconds < before.usage.cpuSeconds) {
        this.#measured.set(unit.id, { usage, atSeconds, sinceSeconds: atSeconds, carried: nothing });
        continue;
      }
      const used = shareOut(before, { usage, atSeconds }, endSeconds);
      this.#measured.set(unit.id, { ...before, usage, atSeconds, carried: used.after });
      if (used.within.wallSeconds <= 0) continue;
      cpuSeconds += used.within.cpuSeconds;
      wallSeconds += used.within.wallSeconds;
      longestSeconds = Math.max(longestSeconds, used.within.wallSeconds);
      memoryMiB += usage.memoryMiB;
      units += 1;
      isWhole ||= before.sinceSeconds <= startSeconds + toleranceSeconds;
    }
    if (!isWhole) return;
    const { unit: size, highestCpuPercent } = capacityFacts(environment);
    const reservedCpuSeconds = wallSeconds * (size.cpuUnits / 1024);
    // One that began within the period counts for its share of it.
    const running = wallSeconds / longestSeconds;
    const put = (metricKey: string, value: number): void =>
      this.#options.store.put(metricKey, { startSeconds, value, running }, about);
    const { cpu, memory } = fleet.utilisationKeys;
    put(cpu, Math.min(highestCpuPercent, (cpuSeconds / reservedCpuSeconds) * 100));
    if (memory !== null) put(memory, Math.min(fullMemoryPercent, (memoryMiB / units / size.memoryMiB) * 100));
  }
}

/** Absorbs the rounding of a clock that is exactly at a period’s end. */
const toleranceSeconds = 1e-6;

/** What was used since the last reading, within the period that ends at `endSeconds` and after it: evenly over the time in between. */
function shareOut(
  before: Measured,
  reading: Pick<Reading, 'atSeconds'> & { readonly usage: TaskUsage },
  endSeconds: number,
) {
  const { usage, atSeconds } = reading;
  const elapsed = atSeconds - before.atSeconds;
  const share = elapsed > 0 ? Math.min(1, Math.max(0, (endSeconds - before.atSeconds) / elapsed)) : 1;
  const cpuSeconds = usage.cpuSeconds - before.usage.cpuSeconds;
  const wallSeconds = Math.max(0, usage.readAtMs - before.usage.readAtMs) / 1000;
  return {
    within: {
      cpuSeconds: before.carried.cpuSeconds + cpuSeconds * share,
      wallSeconds: before.carried.wallSeconds + wallSeconds * share,
    },
    after: { cpuSeconds: cpuSeconds * (1 - share), wallSeconds: wallSeconds * (1 - share) },
  };
}
