import { type Environment, type ReleaseSettings, resourceNames } from '@tideline/config';
import { type AlarmRule, evaluateAlarm, metricLagSeconds } from '@tideline/scaling';
import type { Clock } from '../clock/clock.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import type { GroupTraffic } from './group-traffic.ts';
import type { GroupColour } from './traffic-switch.ts';

const periodSeconds = 60;

/** The worse of the two target groups: metric math, as the alarms on AWS have it. */
const releaseMetricKeys = {
  errorRate: 'Tideline/Release/TargetErrorRate/Maximum',
  p99: 'Tideline/Release/TargetResponseTimeP99/Maximum',
} as const;

export interface ReleaseAlarmsOptions {
  readonly environment: Environment;
  readonly settings: ReleaseSettings<'blue-green'>;
  readonly clock: Clock;
  readonly store: MetricStore;
  readonly answers: Readonly<Record<GroupColour, GroupTraffic>>;
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
    this.#put(releaseMetricKeys.errorRate, startSeconds, {
      unit: 'Percent',
      values: periods.flatMap(({ errors, requests }) => (requests > 0 ? [(errors / requests) * 100] : [])),
    });
    this.#put(releaseMetricKeys.p99, startSeconds, {
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
    const { environment, settings, store, onAlarm } = this.#options;
    const { errorRatePercent, p99Milliseconds, evaluationPeriods } = settings.rollbackOnAlarm;
    const { alarms } = resourceNames(environment);
    const common = {
      comparison: '>',
      evaluationPeriods,
      datapointsToAlarm: evaluationPeriods,
      periodSeconds,
      rangeDatapoints: evaluationPeriods + environment.assumptions.extraEvaluationDatapoints,
    } as const;
    const watched: readonly { readonly name: string; readonly key: string; readonly rule: AlarmRule }[] = [
      {
        name: alarms.releaseErrors,
        key: releaseMetricKeys.errorRate,
        rule: { ...common, threshold: errorRatePercent },
      },
      {
        name: alarms.releaseLatency,
        key: releaseMetricKeys.p99,
        rule: { ...common, threshold: p99Milliseconds / 1000 },
      },
    ];
    for (const { name, key, rule } of watched) {
      const datapoints = store.all(key).filter(({ startSeconds }) => startSeconds <= newestStartSeconds);
      if (evaluateAlarm(rule, datapoints, newestStartSeconds) !== 'ALARM') continue;
      const value = datapoints.at(-1)?.value ?? 0;
      onAlarm(`alarm ${name} is in ALARM: ${value.toPrecision(3)} is above ${rule.threshold}`);
    }
  }
}
