import { type Environment, capacityFacts } from '@tideline/config';
import { UtilisationPeriod } from '@tideline/scaling';
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

/** What a unit used within a period, and when it was measured. */
interface Use {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly memoryMiB: number;
  readonly sinceSeconds: number;
  readonly untilSeconds: number;
}

/**
 * CPU and memory utilisation: what the processes of tasks or instances really used over what they have, each for the time that it
 * ran (`UtilisationPeriod` of libs/scaling).
 *
 * Periods are those of the cloud clock. A reading comes a little after its period’s end, and is shared out between the two
 * periods by time. A unit that leaves is read once more, so that what it used before counts. A period gives a datapoint only when
 * it was seen whole: when at each time of it at least one unit was measured. The first seconds after a start would otherwise pass
 * for a minute.
 */
export class UtilisationCollector {
  readonly #options: UtilisationCollectorOptions;
  readonly #measured = new Map<string, Measured>();
  /** Of units that have left within the period. */
  readonly #left: Use[] = [];
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

  /** Takes the last reading of a unit. What one that cannot answer any more used since the reading before is lost. */
  leave(unit: MeasuredUnit): Promise<void> {
    if (!this.#measured.has(unit.id)) return Promise.resolve();
    const leftAtSeconds = this.#options.clock.now();
    const reading = this.#read(unit);
    this.#published = this.#published.then(async () => this.#note(await reading, leftAtSeconds));
    return this.#published;
  }

  forget(unitId: string): void {
    this.#measured.delete(unitId);
  }

  /**
   * Reads every unit now, and publishes the datapoints of the period that began at `startSeconds` once all have answered
   * or are given up, in the order of the periods; none when no unit was measured at some time of it.
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

  #note({ unit, usage, atSeconds }: Reading, leftAtSeconds: number): void {
    const before = this.#measured.get(unit.id);
    this.#measured.delete(unit.id);
    if (before === undefined || usage === undefined || usage.cpuSeconds < before.usage.cpuSeconds) return;
    const { within } = shareOut(before, { usage, atSeconds }, leftAtSeconds);
    if (within.wallSeconds > 0) this.#left.push(useOf(before, { ...within, usage }, leftAtSeconds));
  }

  #publish(startSeconds: number, readings: readonly Reading[]): void {
    const { environment, fleet } = this.#options;
    const about = { unit: 'Percent', periodSeconds: environment.monitoring.resolutionSeconds } as const;
    const endSeconds = startSeconds + about.periodSeconds;
    const uses = [...this.#left.splice(0), ...this.#usesOf(readings, endSeconds)];
    if (!coverWhole(uses, startSeconds, endSeconds)) return;
    const { unit: size, highestCpuPercent } = capacityFacts(environment);
    const [cpu, memory] = [new UtilisationPeriod(), new UtilisationPeriod()];
    for (const { cpuSeconds, wallSeconds, memoryMiB } of uses) {
      cpu.add((cpuSeconds / wallSeconds / (size.cpuUnits / 1024)) * 100, wallSeconds);
      memory.add((memoryMiB / size.memoryMiB) * 100, wallSeconds);
    }
    const wallSeconds = wallSecondsOf(uses, startSeconds, endSeconds);
    const put = (metricKey: string, period: UtilisationPeriod, highestPercent: number): void => {
      const closed = period.close(wallSeconds);
      if (closed === undefined) return;
      const value = Math.min(highestPercent, closed.value);
      this.#options.store.put(metricKey, { startSeconds, value, running: closed.running }, about);
    };
    const { utilisationKeys: keys } = fleet;
    put(keys.cpu, cpu, highestCpuPercent);
    if (keys.memory !== null) put(keys.memory, memory, fullMemoryPercent);
  }

  #usesOf(readings: readonly Reading[], endSeconds: number): readonly Use[] {
    return readings.flatMap(({ unit, usage, atSeconds }) => {
      if (usage === undefined || unit.isGone) return [];
      const before = this.#measured.get(unit.id);
      // A process that has been started again counts from zero.
      if (before === undefined || usage.cpuSeconds < before.usage.cpuSeconds) {
        this.#measured.set(unit.id, { usage, atSeconds, sinceSeconds: atSeconds, carried: nothing });
        return [];
      }
      const { within, after } = shareOut(before, { usage, atSeconds }, endSeconds);
      this.#measured.set(unit.id, { ...before, usage, atSeconds, carried: after });
      return within.wallSeconds > 0 ? [useOf(before, { ...within, usage }, endSeconds)] : [];
    });
  }
}

const useOf = (
  { sinceSeconds }: Measured,
  {
    cpuSeconds,
    wallSeconds,
    usage,
  }: { readonly cpuSeconds: number; readonly wallSeconds: number; readonly usage: TaskUsage },
  untilSeconds: number,
): Use => ({ cpuSeconds, wallSeconds, memoryMiB: usage.memoryMiB, sinceSeconds, untilSeconds });

/** Whether at each time of a period at least one unit was measured. */
function coverWhole(uses: readonly Use[], startSeconds: number, endSeconds: number): boolean {
  let covered = startSeconds;
  for (const { sinceSeconds, untilSeconds } of uses.toSorted(
    (one, other) => one.sinceSeconds - other.sinceSeconds,
  ))
    if (sinceSeconds <= covered + toleranceSeconds) covered = Math.max(covered, untilSeconds);
  return covered >= endSeconds - toleranceSeconds;
}

/** How long the period took by the clock of the processes: by the unit that was there for most of it. */
function wallSecondsOf(uses: readonly Use[], startSeconds: number, endSeconds: number): number {
  const longest = uses.reduce((one, other) => (other.wallSeconds > one.wallSeconds ? other : one));
  const within = longest.untilSeconds - Math.max(startSeconds, longest.sinceSeconds);
  return (longest.wallSeconds * (endSeconds - startSeconds)) / within;
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
