import {
  type Environment,
  type PolicyMetric,
  capacityFacts,
  followedMetrics,
  metricKey,
  metricReference,
} from '@tideline/config';
import type { Datapoint } from '../alarms/datapoint.ts';
import { UtilisationPeriod } from '../utilisation/utilisation-period.ts';
import { type CustomSeries, type SimulationOptions, simulationDefaults } from './simulation.ts';

/** A stretch of time in which nothing changes. */
interface Stretch {
  readonly requestsPerSecond: number;
  readonly running: number;
  /** Of those, the ones whose CPU counts. */
  readonly measured: number;
  readonly seconds: number;
}

/** Models a metric: adds up stretches of even load, and yields a datapoint at the end of each period. */
interface MetricModel {
  add(stretch: Stretch): void;
  /** The datapoint of the period that ends now, or undefined where CloudWatch would have none; then starts over. */
  close(startSeconds: number, endSeconds: number): Datapoint | undefined;
}

export interface SimulatedMetric {
  readonly key: string;
  readonly periodSeconds: number;
  readonly model: MetricModel;
}

/** A model for each metric that a policy of the environment watches, the addends of a sum one by one. */
export function simulatedMetrics(
  environment: Environment,
  options: SimulationOptions,
): readonly SimulatedMetric[] {
  const metrics = new Map<string, SimulatedMetric>();
  for (const { metric } of followedMetrics(environment)) {
    const { sourceKeys, metrics: sources, periodSeconds } = metricReference(metric, environment);
    for (const [index, key] of sourceKeys.entries()) {
      const series = sources[index] && options.customMetrics?.[metricKey(sources[index])];
      metrics.set(key, { key, periodSeconds, model: models[metric.kind](environment, options, series) });
    }
  }
  return [...metrics.values()];
}

type CreateModel = (
  environment: Environment,
  options: SimulationOptions,
  /** Of a metric that is published elsewhere, where it is given. */
  series: CustomSeries | undefined,
) => MetricModel;

const published: CreateModel = (_environment, options, series) =>
  new CustomModel(series, options.loadStartsAtSeconds ?? 0);

const models: Readonly<Record<PolicyMetric['kind'], CreateModel>> = {
  'requests-per-target': ({ assumptions }) => new RequestsModel(assumptions.idleRequests),
  cpu: (environment, options) => new CpuModel(new CpuLoad(environment, options)),
  memory: (_environment, options) =>
    new MemoryModel(options.memoryPercent ?? simulationDefaults.memoryPercent),
  'response-time': (environment, options) =>
    new ResponseTimeModel(
      new CpuLoad(environment, options),
      options.responseTimeMilliseconds ?? simulationDefaults.responseTimeMilliseconds,
    ),
  custom: published,
  sum: published,
};

/** CPU utilisation of each task, percent, at most what it can get. */
class CpuLoad {
  readonly #idlePercent: number;
  readonly #percentPerRequestRate: number;
  readonly #highestPercent: number;

  constructor(environment: Environment, options: SimulationOptions) {
    const { overheadCpuMillisecondsPerRequest, idleCpuPercent } = { ...simulationDefaults, ...options };
    const milliseconds = environment.container.cpuMillisecondsPerRequest + overheadCpuMillisecondsPerRequest;
    this.#idlePercent = idleCpuPercent;
    const { unit, highestCpuPercent } = capacityFacts(environment);
    this.#highestPercent = highestCpuPercent;
    this.#percentPerRequestRate = milliseconds / 10 / (unit.cpuUnits / 1024);
  }

  percent(requestsPerSecond: number, running: number): number {
    return Math.min(
      this.#highestPercent,
      this.#idlePercent + (requestsPerSecond * this.#percentPerRequestRate) / running,
    );
  }
}

/** Requests per target in the period. A balancer counts a request only where it has chosen a target: without one there is no datapoint. */
class RequestsModel implements MetricModel {
  readonly #idleRequests: 'zero' | 'missing';
  #hadTarget = false;
  #perTarget = 0;
  #requests = 0;

  constructor(idleRequests: 'zero' | 'missing') {
    this.#idleRequests = idleRequests;
  }

  add({ requestsPerSecond, running, seconds }: Stretch): void {
    if (running === 0) return;
    const requests = requestsPerSecond * seconds;
    this.#hadTarget = true;
    this.#requests += requests;
    this.#perTarget += requests / running;
  }

  close(startSeconds: number) {
    const value = this.#perTarget;
    const requests = this.#requests;
    const hadTarget = this.#hadTarget;
    this.#perTarget = 0;
    this.#requests = 0;
    this.#hadTarget = false;
    if (!hadTarget) return undefined;
    if (value === 0) return this.#idleRequests === 'missing' ? undefined : { startSeconds, value };
    return { startSeconds, value, running: requests / value };
  }
}

/**
 * CPU that tasks, or warm instances, use over what they have. Each has its share of the load, as the others do. A period in which
 * at some time none ran was not seen whole, and has no value.
 */
class CpuModel implements MetricModel {
  readonly #cpu: CpuLoad;
  readonly #used = new UtilisationPeriod();
  #seconds = 0;
  #isWhole = true;

  constructor(cpu: CpuLoad) {
    this.#cpu = cpu;
  }

  add({ requestsPerSecond, running, measured, seconds }: Stretch): void {
    if (seconds > 0 && measured === 0) this.#isWhole = false;
    this.#used.add(this.#cpu.percent(requestsPerSecond, Math.max(1, running)), measured * seconds);
    this.#seconds += seconds;
  }

  close(startSeconds: number) {
    const used = this.#used.close(this.#seconds);
    const isWhole = this.#isWhole;
    this.#seconds = 0;
    this.#isWhole = true;
    if (!isWhole || used === undefined) return undefined;
    return { startSeconds, value: used.value, running: used.running };
  }
}

/** A constant while a task runs; none for a period that was not seen whole. */
class MemoryModel implements MetricModel {
  readonly #percent: number;
  readonly #average = new CountAverage();
  #isWhole = true;

  constructor(percent: number) {
    this.#percent = percent;
  }

  add({ running, measured, seconds }: Stretch): void {
    if (seconds > 0 && measured === 0) this.#isWhole = false;
    this.#average.add(running, seconds);
  }

  close(startSeconds: number) {
    const running = this.#average.take();
    const isWhole = this.#isWhole;
    this.#isWhole = true;
    return isWhole && running !== undefined ? { startSeconds, value: this.#percent, running } : undefined;
  }
}

/** Average over requests, in seconds; a balancer without answered requests reports none. */
class ResponseTimeModel implements MetricModel {
  readonly #cpu: CpuLoad;
  readonly #idleSeconds: number;
  readonly #average = new CountAverage();
  #totalSeconds = 0;
  #requests = 0;

  constructor(cpu: CpuLoad, idleMilliseconds: number) {
    this.#cpu = cpu;
    this.#idleSeconds = idleMilliseconds / 1000;
  }

  add({ requestsPerSecond, running, seconds }: Stretch): void {
    if (running === 0) return;
    const headroom = Math.max(0.05, 1 - this.#cpu.percent(requestsPerSecond, running) / 100);
    const requests = requestsPerSecond * seconds;
    this.#totalSeconds += (requests * this.#idleSeconds) / headroom;
    this.#requests += requests;
    this.#average.add(running, seconds);
  }

  close(startSeconds: number) {
    const value = this.#totalSeconds / this.#requests;
    const answered = this.#requests > 0;
    const running = this.#average.take();
    this.#totalSeconds = 0;
    this.#requests = 0;
    return answered && running !== undefined ? { startSeconds, value, running } : undefined;
  }
}

/** The value that holds when the period ends. */
class CustomModel implements MetricModel {
  readonly #series: CustomSeries | undefined;
  readonly #startSeconds: number;
  readonly #average = new CountAverage();

  constructor(series: CustomSeries | undefined, startSeconds: number) {
    this.#series = series;
    this.#startSeconds = startSeconds;
  }

  add({ running, seconds }: Stretch): void {
    this.#average.add(running, seconds);
  }

  close(startSeconds: number, endSeconds: number) {
    const running = this.#average.take();
    if (this.#series === undefined) return undefined;
    const step = Math.ceil((endSeconds - this.#startSeconds) / this.#series.stepSeconds) - 1;
    const value = this.#series.values[step] ?? undefined;
    if (value === undefined) return undefined;
    return running === undefined ? { startSeconds, value } : { startSeconds, value, running };
  }
}

/** How many ran on average, over the time in which any did. */
class CountAverage {
  #unitSeconds = 0;
  #seconds = 0;

  add(count: number, seconds: number): void {
    if (count === 0) return;
    this.#unitSeconds += count * seconds;
    this.#seconds += seconds;
  }

  /** Undefined where none ran; then starts over. */
  take(): number | undefined {
    const average = this.#seconds === 0 ? undefined : this.#unitSeconds / this.#seconds;
    this.#unitSeconds = 0;
    this.#seconds = 0;
    return average;
  }
}
