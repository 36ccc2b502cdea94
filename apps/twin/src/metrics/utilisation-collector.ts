import { capacityUnit, customKey, type Environment } from '@tideline/config';
import type { Task } from '../tasks/task.ts';
import type { TaskUsage } from '../tasks/task-runtime.ts';
import type { MetricStore } from './metric-store.ts';

const key = (metricName: string): string =>
  customKey({ namespace: 'AWS/ECS', metricName, dimensions: {}, statistic: 'Average' });

export const cpuUtilisationKey = key('CPUUtilization');
export const memoryUtilisationKey = key('MemoryUtilization');

/** Fargate’s CPU limit is hard: a task cannot use more than it has reserved. */
const fullPercent = 100;

interface Reading {
  readonly task: Task;
  readonly usage: TaskUsage | undefined;
}

export interface UtilisationCollectorOptions {
  readonly environment: Pick<Environment, 'compute' | 'assumptions' | 'monitoring'>;
  readonly store: MetricStore;
  /** Tasks that are RUNNING now. */
  readonly runningTasks: () => readonly Task[];
}

/**
 * Service CPU and memory utilisation: what the tasks’ processes really used over what they reserve
 * (CPUUtilization = CPU units used / CPU units reserved, Amazon ECS guide).
 */
export class UtilisationCollector {
  readonly #options: UtilisationCollectorOptions;
  readonly #lastUsage = new Map<string, TaskUsage>();
  #published: Promise<void> = Promise.resolve();

  constructor(options: UtilisationCollectorOptions) {
    this.#options = options;
  }

  /** Takes the first reading of a task, so that what its start has cost is not counted. */
  async begin(task: Task): Promise<void> {
    const usage = await task.process?.usage();
    if (usage !== undefined && task.state === 'RUNNING') this.#lastUsage.set(task.id, usage);
  }

  forget(taskId: string): void {
    this.#lastUsage.delete(taskId);
  }

  /**
   * Reads every task now, and publishes the datapoints of the period that began at `startSeconds` once all have answered
   * or are given up, in the order of the periods; none when no task could be read.
   */
  collect(startSeconds: number): Promise<void> {
    const readings = Promise.all(
      this.#options.runningTasks().map(async (task) => ({ task, usage: await task.process?.usage() })),
    );
    this.#published = this.#published.then(async () => this.#publish(startSeconds, await readings));
    return this.#published;
  }

  #publish(startSeconds: number, readings: readonly Reading[]): void {
    let cpuSeconds = 0;
    let wallSeconds = 0;
    let memoryMiB = 0;
    let tasks = 0;
    for (const { task, usage } of readings) {
      if (usage === undefined || task.state === 'STOPPED') continue;
      const before = this.#lastUsage.get(task.id);
      this.#lastUsage.set(task.id, usage);
      if (before === undefined || usage.readAtMs <= before.readAtMs) continue;
      cpuSeconds += usage.cpuSeconds - before.cpuSeconds;
      wallSeconds += (usage.readAtMs - before.readAtMs) / 1000;
      memoryMiB += usage.memoryMiB;
      tasks += 1;
    }
    if (tasks === 0) return;
    const { environment } = this.#options;
    const unit = capacityUnit(environment);
    const reservedCpuSeconds = wallSeconds * (unit.cpuUnits / 1024);
    const about = { unit: 'Percent', periodSeconds: environment.monitoring.resolutionSeconds } as const;
    const put = (metricKey: string, value: number): void =>
      this.#options.store.put(metricKey, { startSeconds, value: Math.min(fullPercent, value) }, about);
    put(cpuUtilisationKey, (cpuSeconds / reservedCpuSeconds) * 100);
    put(memoryUtilisationKey, (memoryMiB / tasks / unit.memoryMiB) * 100);
  }
}
