import type { Datapoint } from '../alarms/datapoint.ts';
import { proportionalCapacity } from '../evaluate/target-tracking.ts';
import type { PlannedPredictive } from '../plan/plan.ts';
import { hourAt, hourSeconds, visibleHours } from '../plan/plan-predictive.ts';
import { type ForecastError, type ForecastHour, forecastError } from './forecast-error.ts';
import { forecastHourly } from './forecast-hourly.ts';

/** Hours that a forecast looks ahead, and after which the next one is made (EC2 Auto Scaling guide, how predictive scaling works). */
const hoursAhead = 48;
const renewedAfterHours = 6;

/** One forecast of a predictive policy. */
export interface Forecast {
  /** When it was made, cloud seconds. */
  readonly madeAtSeconds: number;
  /** Start of its first hour, cloud seconds. */
  readonly fromSeconds: number;
  /** Load of each hour: the policy’s metric times the tasks or instances that share it (requests a minute, or percent of one task). */
  readonly load: readonly number[];
  /** Tasks or instances that each hour asks for at the policy’s target, whatever the bounds. */
  readonly capacity: readonly number[];
}

/** Everything that a predictive policy has forecast, and how far off it was. */
export interface PolicyForecasts {
  readonly policy: string;
  readonly mode: PlannedPredictive['mode'];
  readonly metricKey: string;
  readonly target: number;
  /** Oldest first. */
  readonly made: readonly Forecast[];
  /** Of the hours that have ended. */
  readonly error: ForecastError;
}

/**
 * Follows the load of a predictive policy hour by hour, and forecasts from it: as soon as 24 hours are known, and again after every
 * six. An hour’s load is that of its periods together, as AWS takes the hourly sum of its load metrics: a period without a datapoint
 * counts as nothing, an hour without any is missing.
 */
export class PolicyForecaster {
  readonly #policy: PlannedPredictive;
  /** Load of each hour, known or not; `#before` of them begin before hour 0, the one of cloud second 0. */
  readonly #loads: (number | null)[];
  readonly #before: number;
  readonly #made: Forecast[] = [];
  #triedHours = -1;

  /** @param history load of each hour before the one of cloud second 0, oldest first; null where it is missing */
  constructor(policy: PlannedPredictive, history: readonly (number | null)[]) {
    this.#policy = policy;
    this.#loads = [...history];
    this.#before = history.length;
  }

  get name(): string {
    return this.#policy.name;
  }

  get metric(): PlannedPredictive['metric'] {
    return this.#policy.metric;
  }

  /** Takes in a datapoint of the policy’s metric. @param running tasks or instances, where the datapoint does not say */
  record({ startSeconds, value, running: shared }: Datapoint, running: number): void {
    const { hours, metric } = this.#policy;
    const hour = hourAt(hours, startSeconds);
    // Of the hour that second 0 is in, only a whole one counts.
    if (hour === 0 && hours.startSeconds < 0) return;
    const place = this.#before + hour;
    while (this.#loads.length <= place) this.#loads.push(null);
    const share = metric.periodSeconds / hourSeconds;
    this.#loads[place] = (this.#loads[place] ?? 0) + value * (shared ?? running) * share;
  }

  /** The newest forecast at this moment, made now where it is due; null while too little is known. */
  at(nowSeconds: number): Forecast | null {
    const visible = visibleHours(this.#policy, nowSeconds);
    const newest = this.#made.at(-1) ?? null;
    if (visible === this.#triedHours) return newest;
    this.#triedHours = visible;
    if (newest !== null && this.#startOf(visible) - newest.fromSeconds < renewedAfterHours * hourSeconds)
      return newest;
    const made = this.#make(nowSeconds, visible);
    if (made !== null) this.#made.push(made);
    return made ?? newest;
  }

  /** @param untilSeconds hours that end after this are not measured yet */
  report(untilSeconds: number): PolicyForecasts {
    const { name, mode, metric, target } = this.#policy;
    return {
      policy: name,
      mode,
      metricKey: metric.key,
      target,
      made: this.#made,
      error: forecastError(this.#forecastHours(untilSeconds)),
    };
  }

  #make(nowSeconds: number, visible: number): Forecast | null {
    const { hours, target, percentile } = this.#policy;
    const history = Array.from({ length: this.#before + visible }, (_, place) => this.#loads[place] ?? null);
    const load = forecastHourly({
      history,
      startedAt: new Date(hours.startedAt.getTime() + this.#startOf(-this.#before) * 1000),
      hours: hoursAhead,
      percentile,
    });
    if (load === null) return null;
    return {
      madeAtSeconds: nowSeconds,
      fromSeconds: this.#startOf(visible),
      load,
      capacity: load.map((each) => proportionalCapacity(1, each, target)),
    };
  }

  #startOf(hour: number): number {
    return this.#policy.hours.startSeconds + hour * hourSeconds;
  }

  /** Each measured hour with the newest forecast that was there when its capacity was launched. */
  #forecastHours(untilSeconds: number): readonly ForecastHour[] {
    const { schedulingBufferSeconds, target } = this.#policy;
    return this.#loads.slice(this.#before).flatMap((actualLoad, hour) => {
      const startSeconds = this.#startOf(hour);
      if (actualLoad === null || startSeconds + hourSeconds > untilSeconds) return [];
      const known = this.#made.findLast(
        ({ madeAtSeconds }) => madeAtSeconds <= startSeconds - schedulingBufferSeconds,
      );
      const forecast = known && forecastOf(known, startSeconds);
      if (forecast === undefined) return [];
      return [
        {
          startSeconds,
          actualLoad,
          forecastLoad: forecast.load,
          forecastCapacity: forecast.capacity,
          neededCapacity: proportionalCapacity(1, actualLoad, target),
        },
      ];
    });
  }
}

/** What a forecast says of the hour that begins at this moment; undefined where it does not go so far. */
export function forecastOf(
  { fromSeconds, load, capacity }: Forecast,
  startSeconds: number,
): { readonly load: number; readonly capacity: number } | undefined {
  const place = Math.round((startSeconds - fromSeconds) / hourSeconds);
  const [hourLoad, hourCapacity] = [load[place], capacity[place]];
  return hourLoad === undefined || hourCapacity === undefined
    ? undefined
    : { load: hourLoad, capacity: hourCapacity };
}
