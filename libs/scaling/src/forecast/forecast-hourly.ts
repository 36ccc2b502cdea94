/** Hours of history that a forecast needs, and may use (EC2 Auto Scaling guide, how predictive scaling works). */
const historyHours = { least: 24, most: 14 * 24 } as const;

/** What a forecast is made from. */
export interface HourlyHistory {
  /** Value of each hour, of any unit, oldest first; null where it is missing. Of more than 14 days the newest count. */
  readonly history: readonly (number | null)[];
  /** Calendar instant at which the first of these hours begins. */
  readonly startedAt: Date;
  /** Hours to forecast, from the end of the history on. */
  readonly hours: number;
  /** Percentile of like hours that is forecast, 0 to 100. Default: 50, the median. */
  readonly percentile?: number;
}

/** From here on, days of the week count: each has been seen once. */
const weekHours = 7 * 24;
/** Two weekdays are alike when their hours differ by at most this share of the larger values. */
const alikeDistance = 0.3;
/** A day counts half as much as one that is so many days newer. */
const halfLifeDays = 7;
/** Weight of a day by how many days back it is. */
const dayWeights = Array.from({ length: historyHours.most / 24 }, (_, days) => 0.5 ** (days / halfLifeDays));
/** The same weekday counts so many times as much as another like one. */
const sameWeekdayWeight = 2;
/** Bounds of the level of the last day, and the hours of it that must say something. */
const level = { least: 0.8, most: 2, fewestHours: 6 } as const;

/**
 * Forecasts the hours after a history: for each, a percentile of the same hour of the day on the days before, newer days with more
 * weight, and days of like weekdays alone once there are seven days; all of it at the level of the last 24 hours. A median of many
 * days ignores an outlier, and a sum of weights needs no seed: the same history always gives the same forecast. The model is this
 * project’s own; AWS publishes none.
 * @returns a value of at least 0 for each hour, in the unit of the history; null where fewer than 24 hours are known
 */
export function forecastHourly({
  history,
  startedAt,
  hours,
  percentile = 50,
}: HourlyHistory): readonly number[] | null {
  const dropped = Math.max(0, history.length - historyHours.most);
  const firstHour = Math.floor(startedAt.getTime() / 3_600_000) + dropped;
  const days = new DayHistory(history.slice(dropped), firstHour);
  if (days.known < historyHours.least) return null;
  const factor = days.levelFactor();
  const from = firstHour + days.length;
  return Array.from({ length: hours }, (_, index) =>
    Math.max(0, factor * days.likeHours(from + index, percentile)),
  );
}

/** Hours of the calendar (since 1970, UTC) with their values. */
class DayHistory {
  readonly #values: readonly (number | null)[];
  readonly #firstHour: number;
  /** By weekday: the weekdays whose days look the same; worked out when it is asked for. */
  readonly #alike = new Map<number, readonly boolean[]>();
  #typical: ReadonlyMap<number, number> | null = null;
  readonly known: number;

  constructor(values: readonly (number | null)[], firstHour: number) {
    this.#values = values;
    this.#firstHour = firstHour;
    this.known = values.filter((value) => value !== null).length;
  }

  get length(): number {
    return this.#values.length;
  }

  get #knowsWeekdays(): boolean {
    return this.known >= weekHours;
  }

  /** A percentile of what was seen at this hour of the day on like days; of the nearest hour where it was never seen. */
  likeHours(hour: number, percentile: number): number {
    for (let distance = 0; distance <= 12; distance += 1) {
      const seen = this.#seenAt(hour, hour - distance);
      if (distance > 0) seen.push(...this.#seenAt(hour, hour + distance));
      if (seen.length > 0) return weightedPercentile(seen, percentile);
    }
    return 0;
  }

  /**
   * How much of what the days before would have forecast the last 24 hours had. Down to a fifth less at most, unless the day before
   * was as quiet and weekdays are known: then it is no holiday or weekend, but a new level.
   */
  levelFactor(): number {
    const last = this.#dayRatio(1);
    if (last === null) return 1;
    const before = this.#knowsWeekdays ? this.#dayRatio(2) : null;
    return Math.min(level.most, Math.max(last, Math.min(level.least, before ?? level.least)));
  }

  /** Of a day, counted from the end, over what the days before it would have forecast: the median over its hours; null where too few say. */
  #dayRatio(daysBack: number): number | null {
    const begin = this.length - daysBack * 24;
    const before = new DayHistory(this.#values.slice(0, Math.max(0, begin)), this.#firstHour);
    if (before.known < 24) return null;
    const ratios = this.#values.slice(begin, begin + 24).flatMap((value, index) => {
      const expected = before.likeHours(this.#firstHour + begin + index, 50);
      return value !== null && expected > 0 ? [{ value: value / expected, weight: 1 }] : [];
    });
    return ratios.length < level.fewestHours ? null : weightedPercentile(ratios, 50);
  }

  /** Values at the hour of the day of `at`, on days that are like that of `hour`; of all days where none is. */
  #seenAt(hour: number, at: number): Weighted[] {
    const alike = this.#knowsWeekdays ? this.#alikeTo(weekdayOf(hour)) : undefined;
    const seen = this.#seenOn(hour, at, alike);
    return seen.length > 0 ? seen : this.#seenOn(hour, at, undefined);
  }

  /** For each weekday, whether its days are like those of this one. */
  #alikeTo(weekday: number): readonly boolean[] {
    const known = this.#alike.get(weekday);
    if (known !== undefined) return known;
    const typical = (this.#typical ??= typicalWeek(this.#values, this.#firstHour));
    const alike = Array.from({ length: 7 }, (_, other) => areAlike(typical, weekday, other));
    this.#alike.set(weekday, alike);
    return alike;
  }

  #seenOn(hour: number, at: number, weekdays: readonly boolean[] | undefined): Weighted[] {
    const weekday = weekdayOf(hour);
    const seen: Weighted[] = [];
    // What is asked for comes after the first day.
    for (let index = (at - this.#firstHour) % 24; index < this.length; index += 24) {
      const value = this.#values[index] ?? null;
      if (value === null) continue;
      const day = weekdayOf(this.#firstHour + index);
      if (weekdays !== undefined && weekdays[day] !== true) continue;
      const weight = dayWeights[Math.floor((this.length - 1 - index) / 24)] ?? 0;
      seen.push({ value, weight: day === weekday ? weight * sameWeekdayWeight : weight });
    }
    return seen;
  }
}

/** 0 to 6; which of them is Sunday does not matter. */
const weekdayOf = (hour: number): number => Math.floor(hour / 24) % 7;

/**
 * Each hour of the week as it typically is, absent where it was never seen. 14 days have two of each: the lower one counts, since a
 * spike of one week is not what a weekday looks like.
 */
function typicalWeek(values: readonly (number | null)[], firstHour: number): ReadonlyMap<number, number> {
  const typical = new Map<number, number>();
  for (const [index, value] of values.entries()) {
    const hour = firstHour + index;
    const place = weekdayOf(hour) * 24 + (hour % 24);
    if (value !== null) typical.set(place, Math.min(typical.get(place) ?? value, value));
  }
  return typical;
}

/** Whether the typical days of two weekdays differ little, hour by hour. */
function areAlike(typical: ReadonlyMap<number, number>, one: number, other: number): boolean {
  let [difference, larger] = [0, 0];
  for (let hour = 0; hour < 24; hour += 1) {
    const [left, right] = [typical.get(one * 24 + hour), typical.get(other * 24 + hour)];
    if (left === undefined || right === undefined) continue;
    difference += Math.abs(left - right);
    larger += Math.max(left, right);
  }
  return difference <= alikeDistance * larger;
}

interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/** The value with `percentile` percent of the weight below it, halfway through the weight of each value, linear in between. */
function weightedPercentile(items: readonly Weighted[], percentile: number): number {
  const sorted = items.toSorted((left, right) => left.value - right.value);
  const wanted = (percentile / 100) * sorted.reduce((sum, { weight }) => sum + weight, 0);
  let below = 0;
  let previous: { readonly value: number; readonly at: number } | null = null;
  for (const { value, weight } of sorted) {
    const at = below + weight / 2;
    if (at >= wanted)
      return previous === null
        ? value
        : previous.value + ((value - previous.value) * (wanted - previous.at)) / (at - previous.at);
    previous = { value, at };
    below += weight;
  }
  return previous?.value ?? 0;
}
