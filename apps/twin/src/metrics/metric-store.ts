import type { MetricReference } from '@tideline/config';
import type { MetricSeries } from '@tideline/evidence';
import type { Datapoint } from '@tideline/scaling';

type Unit = MetricReference['unit'];

interface Series {
  readonly unit: Unit;
  readonly periodSeconds: number;
  readonly datapoints: Datapoint[];
}

/** Datapoints by metric key, as CloudWatch would hold them. */
export class MetricStore {
  readonly #series = new Map<string, Series>();

  /** Appends a datapoint; periods must come in order. */
  put(
    key: string,
    datapoint: Datapoint,
    about: { readonly unit: Unit; readonly periodSeconds: number },
  ): void {
    let series = this.#series.get(key);
    if (series === undefined) {
      series = { ...about, datapoints: [] };
      this.#series.set(key, series);
    }
    series.datapoints.push(datapoint);
  }

  /** Datapoints whose period had ended `lagSeconds` before `nowSeconds`, oldest first. */
  visible(
    key: string,
    when: { readonly nowSeconds: number; readonly lagSeconds: number },
  ): readonly Datapoint[] {
    const series = this.#series.get(key);
    if (series === undefined) return [];
    const lastStart = when.nowSeconds - when.lagSeconds - series.periodSeconds + toleranceSeconds;
    let end = series.datapoints.length;
    while (end > 0 && (series.datapoints[end - 1]?.startSeconds ?? 0) > lastStart) end -= 1;
    return series.datapoints.slice(Math.max(0, end - longestWindow), end);
  }

  /** Undefined before the metric’s first datapoint. */
  periodSeconds(key: string): number | undefined {
    return this.#series.get(key)?.periodSeconds;
  }

  all(key: string): readonly Datapoint[] {
    return this.#series.get(key)?.datapoints ?? [];
  }

  /** Every series with all of its datapoints. */
  series(): MetricSeries[] {
    return [...this.#series].map(([key, { unit, periodSeconds, datapoints }]) => ({
      key,
      unit,
      periodSeconds,
      datapoints: datapoints.map(({ startSeconds, ...rest }) => ({ cloudSeconds: startSeconds, ...rest })),
    }));
  }
}

/** Timers fire a little late, never early; this only absorbs rounding. */
const toleranceSeconds = 1e-6;
/** No alarm looks back further: 1,440 evaluation periods and its extra datapoints. */
const longestWindow = 1500;
