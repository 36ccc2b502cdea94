import { type Environment, environmentAlarms } from '@tideline/config';
import { alarmRule, evaluateAlarm, metricLagSeconds } from '@tideline/scaling';
import type { Clock } from '../clock/clock.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import type { TargetGroupTraffic } from './target-group-traffic.ts';
import type { TargetGroupColour } from './traffic-switch.ts';

const periodSeconds = 60;

/** The worse of the two target groups: metric math, as the alarms on AWS have it. */
const metricKeys = {
  errors: 'Tideline/Release/TargetErrorRate/Maximum',
  latency: 'Tideline/Release/TargetResponseTimeP99/Maximum',
} as const;
const releaseMetricKeys: Readonly<Partial<Record<string, string>>> = metricKeys;

export interface ReleaseAlarmsOptions {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly store: MetricStore;
  readonly answers: Readonly<Record<TargetGroupColour, TargetGroupTraffic>>;
  /** Called with a sentence each time an alarm is evaluated and is in ALARM. */
  readonly onAlarm: (what: string) => void;
}

/** The two alarms that roll a release back: share of requests that failed, and response time, of either target group in a minute. */
export class ReleaseAlarms {
  readonly #options: ReleaseAlarmsOptions;

  constructor(options: ReleaseAlarmsOptions) {
    this.#options = options;
  }

  /** Publishes the minute that began at `startSeconds`; the alarms see it when the metric lag is over. */
  collect(startSeconds: number): void {
    const { answers, clock, environment } = this.#options;
    const periods = [answers.blue.take(), answers.green.take()];
    this.#put(metricKeys.errors, startSeconds, {
      unit: 'Percent',
      // The alarm’s metric math fills a minute without requests with no errors; a response time it cannot fill.
      values: periods.map(({ errors, requests }) => (requests > 0 ? (errors / requests) * 100 : 0)),
    });
    this.#put(metricKeys.latency, startSeconds, {
      unit: 'Seconds',
      values: periods.flatMap(({ p99Seconds, answers: all }) => (all > 0 ? [p99Seconds] : [])),
    });
    const seenAt = startSeconds + periodSeconds + metricLagSeconds(environment, periodSeconds);
    clock.at(seenAt, () => this.#evaluate(startSeconds));
  }

  #put(
    key: string,
    startSeconds: number,
    { unit, values }: { readonly unit: 'Percent' | 'Seconds'; readonly values: readonly number[] },
  ): void {
    if (values.length === 0) return;
    const datapoint = { startSeconds, value: Math.max(...values) };
    this.#options.store.put(key, datapoint, { unit, periodSeconds });
  }

  #evaluate(newestStartSeconds: number): void {
    const { environment, store, onAlarm } = this.#options;
    for (const alarm of environmentAlarms(environment).release) {
      const rule = alarmRule(alarm, environment);
      const key = releaseMetricKeys[alarm.id] ?? '';
      const datapoints = store.all(key).filter(({ startSeconds }) => startSeconds <= newestStartSeconds);
      if (evaluateAlarm(rule, datapoints, newestStartSeconds) !== 'ALARM') continue;
      const value = datapoints.at(-1)?.value ?? 0;
      onAlarm(`alarm ${alarm.name} is in ALARM: ${value.toPrecision(3)} is above ${rule.threshold}`);
    }
  }
}
