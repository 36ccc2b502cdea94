import { setTimeout as wait } from 'node:timers/promises';
import type { MetricSeries, Observation } from '@tideline/evidence';
import { throwIfInterrupted } from '@tideline/process';
import type { TwinControl } from '../processes/twin-control.ts';
import { CloudTimeline } from './cloud-timeline.ts';

/** Up to the end of a cloud minute time goes this fast; health checks that often cost no CPU worth naming. */
const hurrySpeed = 120;
const pollMs = 25;
/** Wall time within which a period of the CPU metric must have ended and been read. */
const patienceMs = 5000;

/** What the twin measured from one cut to the next. */
export interface MeasuredWindow {
  readonly wallSeconds: number;
  /** Of what the unit reserves. */
  readonly cpuPercent: number;
  /** Mean of the targets’ response times, milliseconds; null without requests. */
  readonly responseTimeMs: number | null;
}

/**
 * Cuts the twin’s CPU metric to size. Its datapoints are those of cloud minutes; so that a step of the load has one of its own,
 * cloud time hurries on to the end of the minute before and after it, and goes at the speed of wall time under the load.
 */
export class MeasuredWindows {
  readonly #control: Pick<TwinControl, 'observe' | 'setSpeed'>;
  readonly #signal: AbortSignal;
  readonly #now: () => number;
  readonly #timeline = new CloudTimeline();
  #boundary: number | null = null;

  /** @param now wall time, milliseconds of a clock that never goes back */
  constructor(
    control: Pick<TwinControl, 'observe' | 'setSpeed'>,
    signal: AbortSignal,
    now: () => number = () => performance.now(),
  ) {
    this.#control = control;
    this.#signal = signal;
    this.#now = now;
  }

  /** Sets the speed of cloud time for a stretch of load. */
  async setSpeed(speed: number): Promise<Observation> {
    await this.#control.setSpeed(speed);
    return this.#look();
  }

  /**
   * Ends the window at the next end of a cloud minute, and begins one there.
   * @returns null where CPU was not measured, or for the first cut, which only begins
   */
  async cut(): Promise<MeasuredWindow | null> {
    const { cloudSeconds: askedAt } = await this.setSpeed(hurrySpeed);
    const deadlineMs = this.#now() + patienceMs;
    try {
      for (;;) {
        throwIfInterrupted(this.#signal);
        const seen = await this.#look();
        const cpu = average(seen, 'CPUUtilization');
        const last = cpu?.datapoints.at(-1);
        if (cpu !== undefined && last !== undefined && last.cloudSeconds + cpu.periodSeconds > askedAt)
          return this.#window(seen, cpu);
        if (this.#now() > deadlineMs) {
          this.#boundary = null;
          return null;
        }
        await wait(pollMs);
      }
    } finally {
      await this.#control.setSpeed(1);
      await this.#look();
    }
  }

  #window(seen: Observation, cpu: MetricSeries): MeasuredWindow | null {
    const from = this.#boundary;
    this.#boundary = (cpu.datapoints.at(-1)?.cloudSeconds ?? NaN) + cpu.periodSeconds;
    if (from === null) return null;
    const inWindow = (series: MetricSeries | undefined) =>
      series?.datapoints.filter(({ cloudSeconds }) => cloudSeconds >= from) ?? [];
    const weight = (cloudSeconds: number, periodSeconds: number): number =>
      this.#timeline.wallMsAt(cloudSeconds + periodSeconds) - this.#timeline.wallMsAt(cloudSeconds);
    const mean = (series: MetricSeries | undefined): number | null => {
      const points = inWindow(series).map(({ cloudSeconds, value }) => ({
        value,
        weight: weight(cloudSeconds, series?.periodSeconds ?? 0),
      }));
      const total = points.reduce((sum, point) => sum + point.weight, 0);
      return total > 0 ? points.reduce((sum, point) => sum + point.value * point.weight, 0) / total : null;
    };
    const cpuPercent = mean(cpu);
    if (cpuPercent === null) return null;
    const responseTime = mean(average(seen, 'TargetResponseTime'));
    return {
      wallSeconds: (this.#timeline.wallMsAt(this.#boundary) - this.#timeline.wallMsAt(from)) / 1000,
      cpuPercent,
      responseTimeMs: responseTime === null ? null : responseTime * 1000,
    };
  }

  async #look(): Promise<Observation> {
    const askedMs = this.#now();
    const seen = await this.#control.observe();
    const wallMs = (askedMs + this.#now()) / 2;
    this.#timeline.seen({ cloudSeconds: seen.cloudSeconds, wallMs, speed: seen.speed });
    return seen;
  }
}

/** The Average of a metric, whatever its namespace and dimensions. */
const average = ({ metrics }: Observation, metricName: string): MetricSeries | undefined =>
  metrics.find(({ key }) => new RegExp(`/${metricName}(\\{.*\\})?/Average$`).test(key));
